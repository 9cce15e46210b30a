using System.Globalization;

namespace Viaduct.Simulation;

/// <summary>containerd's resolver (core/remotes/docker/resolver.go, Resolve; authorizer.go, AddResponses): from a registry's answer to the error that it makes of it.</summary>
internal sealed class ContainerdResolve(ResolverWords words, PullPlace place, RegistryAnswer answer, SentCredentials credentials)
{
    private const string AccessDenied = "pull access denied, repository does not exist or may require authorization: ";
    private const string Schema1 = "application/vnd.docker.distribution.manifest.v1+prettyjws";

    /// <summary>The scheme that the registry was reached with in the end.</summary>
    private string Scheme => answer.Secure ? "https" : "http";

    /// <summary>Null where the manifest is served.</summary>
    public PullFailure? Failure()
    {
        if (Connection() is { } text) return new(FailureClass.Other, text);
        if (answer.Challenge is { } challenge)
        {
            if (Challenged(challenge) is { } failure) return failure;
            if (!LetIn(challenge)) return Status(challenge.Answer);
        }
        return answer.Manifest switch
        {
            { Status: 404 } => new(FailureClass.NotFound, $"{place.Full}: not found"),
            { IsRefusal: true } refusal => Status(refusal),
            _ => answer.UnsignedSchema1 ? UnsignedSchema1() : null,
        };
    }

    private string? Connection()
    {
        var first = place.IsLoopback ? words.LoopbackScheme : "https";
        var why = answer.Failure is { } failure ? failure.Told(place, first, words.NamesTlsStep)
            : !answer.Secure && !place.IsLoopback ? "http: server gave HTTP response to HTTPS client"
            : null;
        return why is null ? null : $"failed to do request: Head \"{place.ManifestUrl(first)}\": {why}";
    }

    private bool LetIn(AuthChallenge challenge) =>
        challenge is { Accepts: true, Scheme: not ChallengeScheme.Other } && (challenge.Scheme == ChallengeScheme.Bearer || credentials.Sends);

    private PullFailure? Challenged(AuthChallenge challenge)
    {
        if (challenge.Scheme == ChallengeScheme.Other) return null;
        if (credentials.Defect is { } defect) return new(FailureClass.Other, defect);
        if (challenge.Scheme == ChallengeScheme.Basic && !credentials.Sends)
            return words.MissingBasicIsError ? Denied("authorization failed: no basic auth credentials") : null;
        if (challenge is { Scheme: ChallengeScheme.Bearer, TokenRefusal: { } refusal }) return Token(challenge, refusal);
        return challenge is { Accepts: false, Scheme: ChallengeScheme.Bearer, Error: { } error } ? Denied($"server message: {error}: authorization failed") : null;
    }

    /// <summary>With credentials it posts, and asks again by GET where the post is not understood (authorizer.go, doBearerAuth).</summary>
    private PullFailure Token(AuthChallenge challenge, HttpAnswer refusal)
    {
        var gets = !credentials.Sends || refusal.Status is 400 or 401 or 404 or 405;
        var what = refusal.IsRefusal
            ? Text(words.TokenStatus, gets ? "GET" : "POST", gets ? TokenUrl.Of(challenge, place.Repository) : challenge.Realm, refusal)
            : "authorization server did not include a token in the response";
        return new(refusal.IsRefusal ? FailureClass.Status : FailureClass.Other, $"failed to authorize: failed to fetch {(credentials.Sends ? "oauth" : "anonymous")} token: {what}", Body: refusal);
    }

    // A HEAD has no body to read, and what a GET has is closed unread.
    private PullFailure Status(HttpAnswer refusal) =>
        new(FailureClass.Status, Text(words.Status, refusal.Status == 405 ? "GET" : "HEAD", place.ManifestUrl(Scheme), refusal));

    private string Text(string format, string method, string url, HttpAnswer refusal) =>
        string.Format(CultureInfo.InvariantCulture, format, method, url, refusal.Line, place.Host, place.Object);

    private static PullFailure Denied(string why) => new(FailureClass.Denied, AccessDenied + why);

    private PullFailure UnsignedSchema1()
    {
        var resolving = !place.ByDigest && !answer.NamesDigest;
        return words.TakesSchema1
            ? new(FailureClass.Other, "no signatures", resolving)
            : new(FailureClass.NotImplemented, $"not implemented: media type \"{Schema1}\" is no longer supported since containerd v2.{(resolving ? 0 : 1)}, "
                + "please rebuild the image as \"application/vnd.docker.distribution.manifest.v2+json\" or \"application/vnd.oci.image.manifest.v1+json\"", resolving);
    }
}
