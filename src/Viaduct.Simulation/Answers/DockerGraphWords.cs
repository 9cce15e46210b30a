namespace Viaduct.Simulation;

/// <summary>
/// dockerd with its own image store (moby distribution/pull_v2.go, registry/auth.go; distribution registry/client): it asks <c>/v2/</c> first, answers
/// no challenge that was not made there, and shows what the registry says, for it follows a refused HEAD with a GET.
/// </summary>
/// <param name="ReadsPlainBodies">Since distribution 2.8.2: a body that says that it is no JSON becomes the message.</param>
internal sealed record DockerGraphWords(bool NamesTlsStep, bool ReadsPlainBodies, string Source)
{
    public static readonly DockerGraphWords V20 = new(false, false, "observed on 20.10.24");
    public static readonly DockerGraphWords V28 = new(true, true, "observed on 28.5.2");

    private const string Daemon = "Error response from daemon: ";

    public string? Text(PullPlace place, RegistryAnswer answer, SentCredentials credentials)
    {
        // Of a loopback registry plain HTTP is the last try, and the one whose error is shown.
        var last = place.IsLoopback ? "http" : "https";
        if (answer.Failure is { } failure) return $"{Daemon}Get \"{place.PingUrl(last)}\": {failure.Told(place, last, NamesTlsStep)}";
        if (!answer.Secure && !place.IsLoopback) return $"{Daemon}Get \"{place.PingUrl(last)}\": http: server gave HTTP response to HTTPS client";
        if (Unauthorized(answer.Ping, credentials) is { } why) return $"{Daemon}Head \"{place.ManifestUrl(answer.Secure ? "https" : "http")}\": {why}";

        var authorized = answer.Ping is { Scheme: ChallengeScheme.Bearer } || (answer.Ping is { Scheme: ChallengeScheme.Basic } && credentials.Sends);
        if (answer.Challenge is { } challenge && !(authorized && challenge.Accepts))
            return Daemon + Refused(challenge.Answer, authorized ? challenge.Error : null, place);
        if (answer.Manifest.IsRefusal) return Daemon + Refused(answer.Manifest, null, place);
        return answer.UnsignedSchema1 ? Daemon + "missing signature key" : null;
    }

    /// <summary>Why no authorization can be sent at all.</summary>
    private string? Unauthorized(AuthChallenge? ping, SentCredentials credentials) => ping switch
    {
        { Scheme: ChallengeScheme.Basic } when !credentials.Sends => "no basic auth credentials",
        { Scheme: ChallengeScheme.Bearer, TokenRefusal: { IsRefusal: false } } => "authorization server did not include a token in the response",
        { Scheme: ChallengeScheme.Bearer, TokenRefusal: { } refusal } => Told(refusal, DockerErrors.Plain),
        _ => null,
    };

    /// <param name="error">The challenge's <c>error</c>, which counts before the body (client/errors.go, HandleErrorResponse).</param>
    private string Refused(HttpAnswer refusal, string? error, PullPlace place) => error switch
    {
        "insufficient_scope" => DockerErrors.AboutPull(new("DENIED", DockerErrors.UsualMessage("DENIED"), ""), place),
        "invalid_token" => DockerErrors.AboutPull(new("UNAUTHORIZED", DockerErrors.UsualMessage("UNAUTHORIZED"), ""), place),
        _ => Told(refusal, e => DockerErrors.AboutPull(e, place)),
    };

    private string Told(HttpAnswer refusal, Func<RegistryError, string> told)
    {
        if (refusal.Status >= 500) return $"received unexpected HTTP status: {refusal.Line}";
        if (refusal.Errors is [var first, ..]) return told(first);
        var body = refusal.Body ?? "";
        if (ReadsPlainBodies && body.Length > 0) return told(new(CodeOf(refusal.Status), body, ""));
        return refusal.Status == 401
            ? told(new("UNAUTHORIZED", DockerErrors.UsualMessage("UNAUTHORIZED"), ""))
            : $"error parsing HTTP {refusal.Status} response body: {GoText.JsonError(body)}: {GoText.Quote(body)}";
    }

    private static string CodeOf(int status) => status switch { 401 => "UNAUTHORIZED", 403 => "DENIED", 429 => "TOOMANYREQUESTS", _ => "UNKNOWN" };
}
