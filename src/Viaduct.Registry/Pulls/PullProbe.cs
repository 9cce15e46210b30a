using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// Asks for one manifest as a container runtime does, and tells what was said at each step; nothing is read of the manifest.
/// The order is containerd's (core/remotes/docker/resolver.go, Resolve; authorizer.go, AddResponses): HEAD, the token service, HEAD again.
/// </summary>
internal sealed class PullProbe(RegistryEndpoint registry, Wire wire, SchemeChoice? scheme, TimeProvider clock)
{
    private const int MaxToken = 1 << 20;

    private readonly RedirectGuard _redirects = new(registry, wire, new SemaphoreSlim(4));

    /// <exception cref="ViaductException">VIA3021, VIA3022, VIA3024: it sends elsewhere, where nothing is asked.</exception>
    public async Task<PullTrace> AskAsync(Reference image, Credential? login, CancellationToken cancellationToken)
    {
        try
        {
            var call = new Call(HttpMethod.Head, registry.Api(image.Repository, $"/manifests/{image.TagOrDigest}")) { AcceptManifests = true, IsAside = true };
            if (scheme is not null) call = await scheme.ApplyAsync(call, cancellationToken).ConfigureAwait(false);
            return await AskAsync(call, image, login, cancellationToken).ConfigureAwait(false) with { Secure = call.Uri.Scheme == Uri.UriSchemeHttps };
        }
        catch (TransportException e)
        {
            return new PullTrace { Failure = e, Secure = e.SpeaksHttp != true, FailedElsewhere = e.Authority.Length > 0 && e.Authority != registry.Root.Authority };
        }
    }

    private async Task<PullTrace> AskAsync(Call call, Reference image, Credential? login, CancellationToken cancellationToken)
    {
        using var first = await SendAsync(call, null, cancellationToken).ConfigureAwait(false);
        if (first.Status != 401) return new PullTrace { Manifest = await SaidAsync(call, first, null, cancellationToken).ConfigureAwait(false) };
        var challenge = Challenge.Choose(first.Headers("WWW-Authenticate"));
        var trace = new PullTrace { Challenge = await SaidAsync(call, first, null, cancellationToken).ConfigureAwait(false), Scheme = challenge?.Scheme };
        if (challenge is null) return trace;

        trace = trace with { Realm = challenge.Realm, Service = challenge.Service, Scope = challenge.Parameters.GetValueOrDefault("scope") };
        Pass? pass;
        if (challenge.IsBasic) pass = login?.ToPass();
        else
        {
            (pass, var refusal) = await TokenAsync(challenge, image, login, first.Name, cancellationToken).ConfigureAwait(false);
            trace = trace with { TokenRefusal = refusal };
        }
        if (pass is null) return trace;
        using var second = await SendAsync(call, pass, cancellationToken).ConfigureAwait(false);
        var said = await SaidAsync(call, second, pass, cancellationToken).ConfigureAwait(false);
        return second.Status == 401
            ? trace with { Again = said, Error = Challenge.Choose(second.Headers("WWW-Authenticate"))?.Parameters.GetValueOrDefault("error") }
            : trace with { Manifest = said };
    }

    /// <summary>
    /// A server's failure is asked once more, as containerd does. A refused HEAD has no body; what a GET says is read for its errors.
    /// A registry that takes no HEAD is asked by GET in its place.
    /// </summary>
    private async Task<Answer> SendAsync(Call call, Pass? pass, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var answer = await _redirects.SendAsync(call, pass?.Header, cancellationToken).ConfigureAwait(false);
            if (answer.Status < 500 && answer.Status != 405) return answer;
            if (tries == 2) return answer;
            if (answer.Status == 405) call = call with { Method = HttpMethod.Get };
            answer.Dispose();
        }
    }

    private async Task<PullStep> SaidAsync(Call call, Answer answer, Pass? pass, CancellationToken cancellationToken)
    {
        if (answer.Status < 400) return new PullStep(answer.Status) { Digest = answer.ContentDigest };
        if (answer.Method != HttpMethod.Head) return await SaidAsync(answer, cancellationToken).ConfigureAwait(false);
        using var spoken = await _redirects.SendAsync(call with { Method = HttpMethod.Get }, pass?.Header, cancellationToken).ConfigureAwait(false);
        return spoken.Status == answer.Status ? await SaidAsync(spoken, cancellationToken).ConfigureAwait(false) : new PullStep(answer.Status) { Reason = answer.Reason };
    }

    private static async Task<PullStep> SaidAsync(Answer answer, CancellationToken cancellationToken)
    {
        var envelope = await ErrorEnvelope.ReadAsync(answer, cancellationToken).ConfigureAwait(false);
        return new PullStep(answer.Status) { Reason = answer.Reason, Errors = envelope.All };
    }

    /// <summary>With a login by POST first, and by GET where that is not understood (authorizer.go, fetchToken).</summary>
    private async Task<(Pass? Pass, PullStep? Refusal)> TokenAsync(Challenge challenge, Reference image, Credential? login, string where, CancellationToken cancellationToken)
    {
        var realm = RealmGuard.Check(registry, challenge.Realm, where);
        var key = new TokenKey(realm, challenge.Service, login, challenge.Scopes.Union(ScopeSet.Pull(image.Repository)));
        if (login is { Username: { } user, Password: { } password })
        {
            var (posted, refused) = await TokenAsync(TokenService.Post(key, user, password), null, key.Scopes, cancellationToken).ConfigureAwait(false);
            if (posted is not null || refused is not { Status: 400 or 401 or 404 or 405 }) return (posted, refused);
        }
        return await TokenAsync(TokenService.Get(key), login, key.Scopes, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(Pass? Pass, PullStep? Refusal)> TokenAsync(Call call, Credential? basic, ScopeSet scopes, CancellationToken cancellationToken)
    {
        using var answer = await wire.SendAsync(call, call.Uri, basic?.ToBasic(), null, cancellationToken).ConfigureAwait(false);
        if (answer.Status != 200) return (null, await SaidAsync(answer, cancellationToken).ConfigureAwait(false));
        var (bytes, cut) = await answer.ReadAsync(MaxToken, cancellationToken).ConfigureAwait(false);
        try
        {
            // Of a POST only access_token is read, of a GET token as well (containerd core/remotes/docker/auth/fetch.go, FetchTokenWithOAuth and FetchToken).
            if (!cut && (call.Method == HttpMethod.Get || TokenService.HasAccessToken(bytes))) return (Pass.Bearer(TokenService.Read(bytes, answer, clock.GetTimestamp()), scopes, fresh: true), null);
        }
        catch (ViaductException)
        {
            // What came instead may be half a secret.
        }
        return (null, new PullStep(answer.Status));
    }
}
