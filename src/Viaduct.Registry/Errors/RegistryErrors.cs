using System.Net;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>The failures of the registry client: VIA3xxx. Names say method, host and path, and never a query.</summary>
internal static class RegistryErrors
{
    public static TransportException Unreachable(string where, string host, string why, int tries, Exception? inner = null) =>
        new("VIA3001", $"{host} cannot be reached: {why}", where, "Look at the name and the port, and whether it runs and can be reached from here.", tries, inner) { Authority = host };

    public static TransportException Stalled(string where, string host, string why, int tries, Exception? inner = null) =>
        new("VIA3002", why, where, null, tries, inner) { Authority = host };

    public static TransportException TooSlow(string where, string host, long read, int rate) =>
        Stalled(where, host, $"it comes more slowly than {rate >> 10} KiB a second, and was given up after {read} bytes", 1);

    public static TransportException Tls(string where, string host, string why, int tries, Exception? inner = null) =>
        new("VIA3003", $"no secure connection to {host}: {why}", where,
            "Trust the registry's certificate authority on this machine; if the registry speaks plain HTTP, name it as one that does.", tries, inner) { Authority = host };

    public static TransportException NotHttp(string where, string host, int tries, Exception? inner = null) =>
        new("VIA3004", $"what {host} answered is not HTTP", where, "If the registry speaks HTTPS, do not name it as one that speaks plain HTTP.", tries, inner) { Authority = host };

    /// <summary>The failure that an answer's status stands for, with what the registry said about it.</summary>
    public static async Task<ViaductException> FailedAsync(Answer answer, RegistryEndpoint registry, CancellationToken cancellationToken, bool isTokenService = false)
    {
        var said = await ErrorEnvelope.ReadAsync(answer, cancellationToken).ConfigureAwait(false);
        return Failed(answer, registry, said, isTokenService);
    }

    /// <returns>A <see cref="RegistryException"/>, except for statuses that are no refusal.</returns>
    public static ViaductException Failed(Answer answer, RegistryEndpoint registry, ErrorEnvelope said, bool isTokenService = false)
    {
        if (answer.Status < 400) return Protocol(answer.Name, $"status {answer.Status} is not an answer to this request");
        var (code, what, todo, exit) = Judge(answer, registry, said);
        var challenge = answer.Status < 500 ? Challenge.Choose(answer.Headers("WWW-Authenticate")) : null;
        return new RegistryException(code, what, answer.Name, todo, exit, answer.Status, said)
        {
            Reason = answer.Reason,
            All = [.. Before(challenge), .. said.All],
            Origin = registry.Root.GetLeftPart(UriPartial.Authority),
            IsTokenService = isTokenService,
            HasNoCredentials = answer.Status == 401 && !isTokenService && challenge is { IsBasic: true } && !answer.WasAuthorized,
        };
    }

    /// <summary>docker takes it for an error before those of the body, with all its words (distribution registry/client/errors.go, HandleErrorResponse).</summary>
    private static IEnumerable<SaidError> Before(Challenge? challenge)
    {
        if (challenge is not { IsBearer: true }) yield break;
        var code = challenge.Parameters.GetValueOrDefault("error") switch { "invalid_token" => "UNAUTHORIZED", "insufficient_scope" => "DENIED", _ => null };
        if (code is not null) yield return new SaidError(code, challenge.Parameters.GetValueOrDefault("error_description"), HasDetail: true);
    }

    private static (string Code, string What, string? Todo, ExitCode Exit) Judge(Answer answer, RegistryEndpoint registry, ErrorEnvelope said)
    {
        var tail = Tail(answer, said);
        return answer.Status switch
        {
            400 when said.Code == "DIGEST_INVALID" => ("VIA3030", $"the registry received other bytes than the digest names{tail}", null, ExitCode.VerificationFailed),
            401 or 403 when !registry.Owns(answer.Uri) =>
                ("VIA3010", $"{answer.Uri.Authority}, to which the registry pointed, refuses{tail}", null, ExitCode.Denied),
            // Docker Hub answers 401 for what is absent and for what is private alike.
            401 => ("VIA3010", $"absent or not allowed{tail}",
                $"Check the name, and that 'docker login {registry.Registry}' was done with an account that may do this.", ExitCode.Denied),
            403 => ("VIA3010", $"not allowed{tail}", "The account that was used may not do this, or there was none.", ExitCode.Denied),
            429 => ("VIA3011", $"{registry.Registry} asks for patience{tail}",
                answer.Header("Retry-After") is { } after ? $"It says to try again after {Shorten(after)}{(after.All(char.IsAsciiDigit) ? " s" : "")}." : "Log in for a higher limit, or try again later.",
                ExitCode.Unreachable),
            404 => ("VIA3012", $"not found{tail}", null, ExitCode.Failed),
            413 => ("VIA3013", $"too large for the registry{tail}", null, ExitCode.Failed),
            507 => ("VIA3014", $"{registry.Registry} has no room left{tail}", "Make room there and run again: what was pushed is found and not sent twice.", ExitCode.Unreachable),
            >= 500 or 408 or 499 => ("VIA3014", $"{registry.Registry} failed{tail}", null, ExitCode.Unreachable),
            _ => ("VIA3015", $"the registry refuses{tail}", null, ExitCode.Failed),
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

    public static RegistryException TokenDenied(Uri realm, int status, RegistryEndpoint registry, ErrorEnvelope? said) =>
        new("VIA3010", $"the token service of {registry.Registry} refuses (status {status}{Join(said)})", $"{realm.Authority}{realm.AbsolutePath}",
            $"Check the name, and that 'docker login {registry.Registry}' was done with an account that may do this.", ExitCode.Denied, status, said)
        {
            Origin = registry.Root.GetLeftPart(UriPartial.Authority),
            IsTokenService = true,
        };

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

    public static ViaductException Helper(string helper, string why, string? todo = null) =>
        new("VIA3041", $"the credential helper {helper} {why}", todo: todo ?? "Docker's config.json names it under credHelpers or credsStore.");

    public static ViaductException Variable(string name, string why) =>
        new("VIA3042", why, name, "Mend the variables, or unset them.");

    public static ViaductException ConfigNotWritten(string file, string why) =>
        new("VIA3043", why, file, "The file is as it was; DOCKER_CONFIG names another folder for it.");

    public static ViaductException Login(string registry, RegistryException answer) =>
        new("VIA3044", $"{(answer.IsTokenService ? "its token service" : "it")} refuses the name or the secret (status {answer.Status}{Join(new ErrorEnvelope(answer.SaidCode, answer.Said))})", registry,
            "Many registries take a token or an API key in place of the password; docs/credentials.md names those of the large ones.", answer.Exit, answer);

    public static ViaductException ConfigLocked(string file, TimeSpan limit) =>
        new("VIA3045", $"another viaduct writes to it, and has not ended after {limit.TotalSeconds:0} s", file, "The file is as it was; try again.");

    public static ViaductException Certificate(string file, string why) =>
        new("VIA3046", why, file, "In a folder of docker's certs.d, authorities end in .crt, and a client's certificate and key in .cert and .key.");

    private static string Tail(Answer answer, ErrorEnvelope said)
    {
        // RFC 6750: invalid_token and insufficient_scope tell an account that is wrong from one that may do less.
        var hint = answer.Status == 401 ? Challenge.Choose(answer.Headers("WWW-Authenticate"))?.Parameters.GetValueOrDefault("error") : null;
        return $" (status {answer.Status}{(hint is "invalid_token" or "insufficient_scope" ? $", {hint}" : "")}{(answer.Attempts > 1 ? $", tried {answer.Attempts} times" : "")}{Join(said)})";
    }

    private static string Join(ErrorEnvelope? said) => said?.ToString() is { Length: > 0 } text ? $": {text}" : "";

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40];
}
