using Viaduct.Oci;

namespace Viaduct.Registry;

/// <content>What registries answered, and not as was asked.</content>
internal static partial class RegistryErrors
{
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
        var (code, kind, what, todo, exit) = Judge(answer, registry, said);
        var challenge = answer.Status < 500 ? Challenge.Choose(answer.Headers("WWW-Authenticate")) : null;
        return new RegistryException(code, what, answer.Name, todo, exit, answer.Status, said)
        {
            Kind = kind,
            Reason = answer.Reason,
            Attempts = answer.Attempts,
            RetryAfter = answer.SaidWait,
            Quota = answer.Quota,
            All = [.. Before(challenge), .. said.All],
            Origin = registry.Root.GetLeftPart(UriPartial.Authority),
            IsTokenService = isTokenService,
            HasNoCredentials = answer.Status == 401 && !isTokenService && challenge is { IsBasic: true } && !answer.WasAuthorized && !answer.IsWithheld,
        };
    }

    /// <summary>docker takes it for an error before those of the body, with all its words (distribution registry/client/errors.go, HandleErrorResponse).</summary>
    private static IEnumerable<SaidError> Before(Challenge? challenge)
    {
        if (challenge is not { IsBearer: true }) yield break;
        var code = challenge.Parameters.GetValueOrDefault("error") switch { "invalid_token" => "UNAUTHORIZED", "insufficient_scope" => "DENIED", _ => null };
        if (code is not null) yield return new SaidError(code, challenge.Parameters.GetValueOrDefault("error_description"), HasDetail: true);
    }

    private static (string Code, FailureKind Kind, string What, string? Todo, ExitCode Exit) Judge(Answer answer, RegistryEndpoint registry, ErrorEnvelope said)
    {
        var tail = Tail(answer, said);
        return answer.Status switch
        {
            400 when said.Code == "DIGEST_INVALID" => ("VIA3030", FailureKind.Mismatch, $"the registry received other bytes than the digest names{tail}", null, ExitCode.VerificationFailed),
            401 or 403 when !registry.Owns(answer.Uri) =>
                ("VIA3010", FailureKind.Denied, $"{answer.Uri.Authority}, to which the registry pointed, refuses{tail}", null, ExitCode.Denied),
            // Docker Hub answers 401 for what is absent and for what is private alike.
            401 => ("VIA3010", FailureKind.Denied, $"absent or not allowed{tail}",
                $"Check the name, and that 'docker login {registry.Registry}' was done with an account that may do this.", ExitCode.Denied),
            403 => ("VIA3010", FailureKind.Denied, $"not allowed{tail}", "The account that was used may not do this, or there was none.", ExitCode.Denied),
            429 => ("VIA3011", FailureKind.Throttled, $"{registry.Registry} asks for patience{(answer.Quota is { } quota ? $": {quota}" : "")}{tail}",
                answer.Header("Retry-After") is { } after ? $"It says to try again after {Shorten(after)}{(after.All(char.IsAsciiDigit) ? " s" : "")}." : "Log in for a higher limit, or try again later.",
                ExitCode.Unreachable),
            404 => ("VIA3012", FailureKind.Absent, $"not found{tail}", null, ExitCode.Failed),
            413 => ("VIA3013", FailureKind.TooLarge, $"too large for the registry{tail}", "The registry, or a proxy before it (nginx: client_max_body_size), bounds what it takes: raise that bound, or push smaller layers.", ExitCode.Failed),
            507 => ("VIA3014", FailureKind.Failed, $"{registry.Registry} has no room left{tail}", "Make room there and run again: what was pushed is found and not sent twice.", ExitCode.Unreachable),
            >= 500 or 408 or 499 => ("VIA3014", FailureKind.Failed, $"{registry.Registry} failed{tail}", null, ExitCode.Unreachable),
            _ => ("VIA3015", FailureKind.Refused, $"the registry refuses{tail}", null, ExitCode.Failed),
        };
    }

    /// <summary>A file that is fetched from no registry; what its server says beside the status is for browsers.</summary>
    public static ViaductException File(Answer answer)
    {
        var tail = $" (status {answer.Status}{(answer.Attempts > 1 ? $", tried {answer.Attempts} times" : "")})";
        return answer.Status switch
        {
            401 or 403 => new("VIA3010", $"{answer.Uri.Authority} does not give it to everybody{tail}", answer.Name, exit: ExitCode.Denied) { Kind = FailureKind.Denied },
            404 or 410 => new("VIA3012", $"not found{tail}", answer.Name) { Kind = FailureKind.Absent },
            429 => new("VIA3011", $"{answer.Uri.Authority} asks for patience{tail}", answer.Name, exit: ExitCode.Unreachable) { Kind = FailureKind.Throttled },
            >= 500 or 408 => new("VIA3014", $"{answer.Uri.Authority} failed{tail}", answer.Name, exit: ExitCode.Unreachable) { Kind = FailureKind.Failed },
            _ => new("VIA3015", $"{answer.Uri.Authority} refuses{tail}", answer.Name) { Kind = FailureKind.Refused },
        };
    }

    public static RegistryException TokenDenied(Uri realm, int status, RegistryEndpoint registry, ErrorEnvelope? said) =>
        new("VIA3010", $"the token service of {registry.Registry} refuses (status {status}{Join(said)})", $"{realm.Authority}{realm.AbsolutePath}",
            $"Check the name, and that 'docker login {registry.Registry}' was done with an account that may do this.", ExitCode.Denied, status, said)
        {
            Kind = FailureKind.Denied,
            Origin = registry.Root.GetLeftPart(UriPartial.Authority),
            IsTokenService = true,
        };

    /// <summary>A 404 that says nothing of what was asked for.</summary>
    public static async Task<ViaductException> NotCleanAsync(Answer answer, RegistryEndpoint registry, string why, CancellationToken cancellationToken)
    {
        var said = await ErrorEnvelope.ReadAsync(answer, cancellationToken).ConfigureAwait(false);
        return new RegistryException("VIA3070", $"{why}, so nothing is known of what was asked for{Tail(answer, said)}", answer.Name,
            "Something other than a registry may have answered: a proxy, a login page, another service.", ExitCode.Failed, answer.Status, said)
        {
            Kind = FailureKind.Protocol,
            Reason = answer.Reason,
            Attempts = answer.Attempts,
            Origin = registry.Root.GetLeftPart(UriPartial.Authority),
        };
    }

    private static string Tail(Answer answer, ErrorEnvelope said)
    {
        // RFC 6750: invalid_token and insufficient_scope tell an account that is wrong from one that may do less.
        var hint = answer.Status == 401 ? Challenge.Choose(answer.Headers("WWW-Authenticate"))?.Parameters.GetValueOrDefault("error") : null;
        return $" (status {answer.Status}{(hint is "invalid_token" or "insufficient_scope" ? $", {hint}" : "")}{(answer.Attempts > 1 ? $", tried {answer.Attempts} times" : "")}{Join(said)})";
    }

    private static string Join(ErrorEnvelope? said) => said?.ToString() is { Length: > 0 } text ? $": {text}" : "";

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40];
}
