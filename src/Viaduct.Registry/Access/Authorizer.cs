using System.Net.Http.Headers;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// Answers a registry's challenges. No ping: the first real request is answered with 401 or not at all, it goes alone,
/// and everything after it knows the way in. A request is sent three times at most: without, with, and with a renewed pass.
/// </summary>
internal sealed class Authorizer(
    RegistryEndpoint registry, ICredentialSource credentials, TokenService tokens, RedirectGuard next, TimeProvider clock)
{
    private readonly TaskCompletionSource _met = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TokenCache _cache = new(tokens, clock);
    private readonly ScopeBook _scopes = new();
    private readonly CredentialDesk _desk = new(registry, credentials);
    private int _scouts;
    private volatile Challenge? _challenge;
    private volatile Uri? _realm;

    public void Announce(ScopeSet scopes) => _scopes.Announce(scopes);

    public async Task<Answer> SendAsync(Call call, CancellationToken cancellationToken)
    {
        using var entry = _scopes.Enter(call.Scopes);
        if (Interlocked.Exchange(ref _scouts, 1) == 0)
        {
            try
            {
                return await SendAsync(call, scout: true, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _met.TrySetResult();
            }
        }
        if (!_met.Task.IsCompleted) await _met.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        return await SendAsync(call, scout: false, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Answer> SendAsync(Call call, bool scout, CancellationToken cancellationToken)
    {
        var pass = await CurrentAsync(call, cancellationToken).ConfigureAwait(false);
        for (var renewed = false; ;)
        {
            var answer = await next.SendAsync(call, pass?.Header, cancellationToken).ConfigureAwait(false);
            // A 401 from elsewhere, after a redirect or at an upload location, is no challenge of this registry's.
            if (answer.Status != 401 || !registry.Owns(answer.Uri)) return answer;
            Pass? better;
            try
            {
                await LearnAsync(answer, cancellationToken).ConfigureAwait(false);
                better = renewed ? null : await RenewAsync(call, pass, answer, cancellationToken).ConfigureAwait(false);
                // Only now: what the challenge asks for besides is in the token that all the others will find.
                if (scout) _met.TrySetResult();
                renewed = pass is not null;
            }
            catch
            {
                answer.Dispose();
                throw;
            }
            if (better is null) return answer;
            answer.Dispose();
            pass = better;
        }
    }

    /// <summary>What is shown unasked, once the way in is known.</summary>
    private async Task<Pass?> CurrentAsync(Call call, CancellationToken cancellationToken)
    {
        if (_challenge is not { } challenge || !registry.Owns(call.Uri)) return null;
        if (challenge.IsBasic) return (await _desk.FindAsync(call.Scopes, cancellationToken).ConfigureAwait(false))?.ToPass();
        return await BearerAsync(challenge, call, call.Scopes, exact: false, cancellationToken).ConfigureAwait(false);
    }

    private async Task LearnAsync(Answer answer, CancellationToken cancellationToken)
    {
        var challenge = Challenge.Choose(answer.Headers("WWW-Authenticate"));
        if (challenge is null && _challenge is null)
        {
            // Google's registries leave the header out on real requests: /v2/ has it.
            var ping = new Call(HttpMethod.Get, new Uri(registry.Root, "/v2/")) { IsAside = true };
            using var pong = await next.SendAsync(ping, null, cancellationToken).ConfigureAwait(false);
            if (pong.Status == 401 && registry.Owns(pong.Uri)) challenge = Challenge.Choose(pong.Headers("WWW-Authenticate"));
        }
        if (challenge is null) return;
        if (challenge.IsBearer) _realm = RealmGuard.Check(registry, challenge.Realm, answer.Name);
        _challenge = challenge;
    }

    /// <summary>Another pass than the refused one; null when there is none to be had.</summary>
    private async Task<Pass?> RenewAsync(Call call, Pass? refused, Answer answer, CancellationToken cancellationToken)
    {
        if (_challenge is not { } challenge) return null;
        if (challenge.IsBasic)
        {
            if (refused is not null) _desk.Forget(refused);
            var credential = await _desk.FindAsync(call.Scopes, cancellationToken).ConfigureAwait(false);
            var pass = credential?.ToPass();
            return refused is not null && pass?.Header.Parameter == refused.Header.Parameter ? null : pass;
        }
        var scopes = call.Scopes.Union(Challenge.Choose(answer.Headers("WWW-Authenticate"))?.Scopes ?? ScopeSet.Empty);
        if (refused?.Token is { } token)
        {
            if (refused.IsFresh && refused.Asked.Equals(scopes)) return null;
            _cache.Drop(token);
        }
        return await BearerAsync(challenge, call, scopes, exact: refused is { IsFresh: true }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whose credential it is says the request, and not the challenge: the registry would choose which one it is shown.</summary>
    private async Task<Pass> BearerAsync(Challenge challenge, Call call, ScopeSet scopes, bool exact, CancellationToken cancellationToken)
    {
        var credential = await _desk.FindAsync(call.Scopes, cancellationToken).ConfigureAwait(false);
        try
        {
            return await BearerAsync(challenge, credential, scopes, exact, cancellationToken).ConfigureAwait(false);
        }
        catch (ViaductException e) when (e.Exit == ExitCode.Denied && credential is not null)
        {
            // Clouds' own end within hours, and their helpers have new ones by then.
            _desk.Forget(credential);
            var other = await _desk.FindAsync(call.Scopes, cancellationToken).ConfigureAwait(false);
            if (other is null || other == credential) throw;
            return await BearerAsync(challenge, other, scopes, exact, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Pass> BearerAsync(Challenge challenge, Credential? credential, ScopeSet scopes, bool exact, CancellationToken cancellationToken)
    {
        if (credential?.RegistryToken is { } given) return new Pass(new AuthenticationHeaderValue("Bearer", given)) { Asked = scopes, IsFresh = true };
        var key = new TokenKey(_realm!, challenge.Service, credential, scopes);
        if (_cache.Find(key) is { } known) return Pass.Bearer(known, scopes, fresh: false);
        var wide = exact ? key : key with { Scopes = _scopes.Widen(scopes) };
        var (token, fresh, asked) = await _cache.GetAsync(key, wide, cancellationToken).ConfigureAwait(false);
        return Pass.Bearer(token, asked.Scopes, fresh);
    }
}
