using System.Net;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>The failures of the registry client: VIA3xxx. Names say method, host and path, and never a query.</summary>
internal static class RegistryErrors
{
    public static TransportException Unreachable(string where, string host, string why, int tries, Exception? inner = null) =>
        new("VIA3001", $"{host} cannot be reached: {why}", where, "Look at the name and the port, and whether it runs and can be reached from here.", tries, inner);

    public static TransportException Stalled(string where, string why, int tries, Exception? inner = null) =>
        new("VIA3002", why, where, null, tries, inner);

    public static TransportException TooSlow(string where, long read, int rate) =>
        Stalled(where, $"it comes more slowly than {rate >> 10} KiB a second, and was given up after {read} bytes", 1);

    public static TransportException Tls(string where, string host, string why, int tries, Exception? inner = null) =>
        new("VIA3003", $"no secure connection to {host}: {why}", where,
            "Trust the registry's certificate authority on this machine; if the registry speaks plain HTTP, name it as one that does.", tries, inner);

    public static TransportException NotHttp(string where, string host, int tries, Exception? inner = null) =>
        new("VIA3004", $"what {host} answered is not HTTP", where, "If the registry speaks HTTPS, do not name it as one that speaks plain HTTP.", tries, inner);

    /// <summary>The failure that an answer's status stands for, with what the registry said about it.</summary>
    public static async Task<ViaductException> FailedAsync(Answer answer, RegistryEndpoint registry, CancellationToken cancellationToken)
    {
        var said = await ErrorEnvelope.ReadAsync(answer, cancellationToken).ConfigureAwait(false);
        return Failed(answer, registry, said);
    }

    public static ViaductException Failed(Answer answer, RegistryEndpoint registry, ErrorEnvelope said)
    {
        var tail = Tail(answer, said);
        return answer.Status switch
        {
            400 when said.Code == "DIGEST_INVALID" => Mismatch(answer.Name, $"the registry received other bytes than the digest names{tail}"),
            401 or 403 when !registry.Owns(answer.Uri) =>
                new("VIA3010", $"{answer.Uri.Authority}, to which the registry pointed, refuses{tail}", answer.Name, exit: ExitCode.Denied),
            // Docker Hub answers 401 for what is absent and for what is private alike.
            401 => new("VIA3010", $"absent or not allowed{tail}", answer.Name,
                $"Check the name, and that 'docker login {registry.Registry}' was done with an account that may do this.", ExitCode.Denied),
            403 => new("VIA3010", $"not allowed{tail}", answer.Name, "The account that was used may not do this, or there was none.", ExitCode.Denied),
            429 => new("VIA3011", $"{registry.Registry} asks for patience{tail}", answer.Name,
                answer.Header("Retry-After") is { } after ? $"It says to try again after {Shorten(after)}{(after.All(char.IsAsciiDigit) ? " s" : "")}." : "Log in for a higher limit, or try again later.",
                ExitCode.Unreachable),
            404 => new("VIA3012", $"not found{tail}", answer.Name),
            413 => new("VIA3013", $"too large for the registry{tail}", answer.Name),
            507 => new("VIA3014", $"{registry.Registry} has no room left{tail}", answer.Name, "Make room there and run again: what was pushed is found and not sent twice.", ExitCode.Unreachable),
            >= 500 or 408 or 499 => new("VIA3014", $"{registry.Registry} failed{tail}", answer.Name, exit: ExitCode.Unreachable),
            >= 400 => new("VIA3015", $"the registry refuses{tail}", answer.Name),
            _ => Protocol(answer.Name, $"status {answer.Status} is not an answer to this request"),
        };
    }

    /// <summary>A file that is fetched from no registry; what its server says beside the status is for browsers.</summary>
    public static ViaductException File(Answer answer)
    {
        var tail = $" (status {answer.Status}{(answer.Attempts > 1 ? $", tried {answer.Attempts} times" : "")})";
        return answer.Status switch
        {
            401 or 403 => new("VIA3010", $"{answer.Uri.Authority} does not give it to everybody{tail}", answer.Name, exit: ExitCode.Denied),
            404 or 410 => new("VIA3012", $"not found{tail}", answer.Name),
            429 => new("VIA3011", $"{answer.Uri.Authority} asks for patience{tail}", answer.Name, exit: ExitCode.Unreachable),
            >= 500 or 408 => new("VIA3014", $"{answer.Uri.Authority} failed{tail}", answer.Name, exit: ExitCode.Unreachable),
            _ => new("VIA3015", $"{answer.Uri.Authority} refuses{tail}", answer.Name),
        };
    }

    public static ViaductException TokenDenied(Uri realm, int status, string registry, ErrorEnvelope? said) =>
        new("VIA3010", $"the token service of {registry} refuses (status {status}{Join(said)})", $"{realm.Authority}{realm.AbsolutePath}",
            $"Check the name, and that 'docker login {registry}' was done with an account that may do this.", ExitCode.Denied);

    public static ViaductException Protocol(string where, string why) =>
        new("VIA3020", why, where, "Something other than a registry may have answered: a proxy, a login page, another service.");

    public static ViaductException Redirect(string where, string why) =>
        new("VIA3021", $"a redirect is not followed: {why}", where);

    public static ViaductException Realm(string where, string why) =>
        new("VIA3022", $"the registry names a token service that is not asked: {why}", where);

    public static ViaductException Location(string where, string why) =>
        new("VIA3023", $"the registry names an upload location that is not used: {why}", where);

    public static ViaductException Address(string where, string registry, string host, IPAddress address, string why) =>
        new("VIA3024", $"{registry} points to {host}, which is {address} and is refused: {why}", where);

    public static ViaductException Mismatch(string where, string why) =>
        new("VIA3030", why, where, exit: ExitCode.VerificationFailed);

    public static ViaductException TooLarge(string where, string what, long limit) =>
        new("VIA3031", $"{what} has more than {limit} bytes, and no more are read", where);

    public static ViaductException Missing(string where) =>
        new("VIA3012", "not found", where);

    public static ViaductException Pages(string where, string why) =>
        new("VIA3032", $"the list of tags does not end: {why}", where);

    public static ViaductException SourceChanged(long expected, string how) =>
        new("VIA3033", $"the blob to send has {how} than the {expected} bytes of its descriptor", exit: ExitCode.VerificationFailed);

    public static ViaductException Config(string file, string why) =>
        new("VIA3040", why, file, "Mend the file, or log in again.");

    public static ViaductException Helper(string helper, string why) =>
        new("VIA3041", $"the credential helper {helper} {why}", todo: "Docker's config.json names it under credHelpers or credsStore.");

    private static string Tail(Answer answer, ErrorEnvelope said)
    {
        // RFC 6750: invalid_token and insufficient_scope tell an account that is wrong from one that may do less.
        var hint = answer.Status == 401 ? Challenge.Choose(answer.Headers("WWW-Authenticate"))?.Parameters.GetValueOrDefault("error") : null;
        return $" (status {answer.Status}{(hint is "invalid_token" or "insufficient_scope" ? $", {hint}" : "")}{(answer.Attempts > 1 ? $", tried {answer.Attempts} times" : "")}{Join(said)})";
    }

    private static string Join(ErrorEnvelope? said) => said?.ToString() is { Length: > 0 } text ? $": {text}" : "";

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40];
}
