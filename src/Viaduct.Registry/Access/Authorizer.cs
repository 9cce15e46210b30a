using System.Net.Http.Headers;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// Answers a registry's challenges. No ping: the first real request is answered with 401 or not at all, it goes alone,
/// and everything after it knows the way in. A request is sent three times at most: with nothing or with what was at hand, with a token for all
/// that is under way, and with one of its own.
/// </summary>
internal sealed class Authorizer(
    RegistryEndpoint registry, ICredentialSource credentials, TokenService tokens, RedirectGuard next, TimeProvider clock)
{
    private const int MaxSends = 3;

    private readonly TaskCompletionSource _met = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TokenCache _cache = new(tokens, clock);
    private readonly ScopeBook _scopes = new();
    private readonly CredentialDesk _desk = new(registry, credentials, clock);
    // Two, since a password may be on trial while a token is asked for.
    private readonly SemaphoreSlim _showing = new(1);
    private readonly SemaphoreSlim _asking = new(1);
    private int _scouts;
    private volatile WayIn? _way;

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
        for (var sends = 1; ; sends++)
        {
            using var trial = await _desk.TryAsync(_showing, pass?.Credential, cancellationToken).ConfigureAwait(false);
            var isWithheld = pass?.Credential is { } shown && _desk.IsRefused(shown, out _);
            if (isWithheld) pass = null;
            var answer = await next.SendAsync(call, pass?.Header, cancellationToken).ConfigureAwait(false);
            answer.IsWithheld = isWithheld;
            // A 401 from elsewhere, after a redirect or at an upload location, is no challenge of this registry's.
            if (answer.Status != 401 || !registry.Owns(answer.Uri) || call.IsCourtesy)
            {
                if (pass?.Credential is { } right && answer.Status is not (401 or 429 or >= 500)) _desk.Prove(right);
                if (pass is { IsAlone: true } && answer.Status < 300) _cache.Narrow();
                return answer;
            }
            Pass? better;
            try
            {
                await LearnAsync(answer, cancellationToken).ConfigureAwait(false);
                better = sends == MaxSends ? null : await RenewAsync(call, pass, answer, exact: sends == MaxSends - 1, cancellationToken).ConfigureAwait(false);
                // Only now: what the challenge asks for besides is in the token that all the others will find.
                if (scout) _met.TrySetResult();
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
        if (_way is not { } way || !registry.Owns(call.Uri)) return null;
        if (way.Challenge.IsBasic) return (await _desk.FindAsync(call.Scopes, cancellationToken).ConfigureAwait(false))?.ToPass();
        return await BearerAsync(way, call, call.Scopes, exact: false, cancellationToken).ConfigureAwait(false);
    }

    private async Task LearnAsync(Answer answer, CancellationToken cancellationToken)
    {
        var challenge = Challenge.Choose(answer.Headers("WWW-Authenticate"));
        if (challenge is null && _way is null)
        {
            // Google's registries leave the header out on real requests: /v2/ has it.
            var ping = new Call(HttpMethod.Get, registry.Ping) { IsAside = true };
            using var pong = await next.SendAsync(ping, null, cancellationToken).ConfigureAwait(false);
            if (pong.Status == 401 && registry.Owns(pong.Uri)) challenge = Challenge.Choose(pong.Headers("WWW-Authenticate"));
        }
        if (challenge is not null) _way = new WayIn(challenge, challenge.IsBearer ? RealmGuard.Check(registry, challenge.Realm, answer.Name) : null);
    }

    /// <summary>Another pass than the refused one; null when there is none to be had.</summary>
    /// <param name="exact">Nothing but a token for this request alone: it is the last that is tried.</param>
    private async Task<Pass?> RenewAsync(Call call, Pass? refused, Answer answer, bool exact, CancellationToken cancellationToken)
    {
        if (_way is not { } way) return null;
        if (way.Challenge.IsBasic)
        {
            if (refused?.Credential is { } wrong) _desk.Refuse(wrong);
            var credential = await _desk.FindAsync(call.Scopes, cancellationToken).ConfigureAwait(false);
            answer.IsWithheld |= credential is not null && _desk.IsRefused(credential, out _);
            if (answer.IsWithheld) return null;
            var pass = credential?.ToPass();
            return refused is not null && pass?.Header.Parameter == refused.Header.Parameter ? null : pass;
        }
        var said = Challenge.Choose(answer.Headers("WWW-Authenticate"));
        var scopes = call.Scopes.Union(said?.Scopes ?? ScopeSet.Empty);
        if (refused is null) return await BearerAsync(way, call, scopes, exact, cancellationToken).ConfigureAwait(false);
        if (refused.IsFresh && refused.Asked.Equals(scopes)) return null;
        if (refused.Token is { } token) _cache.Drop(token);
        // A new token for all that is under way would lack what this one lacks, when the service gives less than it is asked for and says nothing.
        exact |= refused.IsFresh || said?.Parameters.GetValueOrDefault("error") == "insufficient_scope";
        return await BearerAsync(way, call, scopes, exact, cancellationToken).ConfigureAwait(false) with { IsAlone = exact };
    }

    /// <summary>Whose credential it is says the request, and not the challenge: the registry would choose which one it is shown.</summary>
    private async Task<Pass> BearerAsync(WayIn way, Call call, ScopeSet scopes, bool exact, CancellationToken cancellationToken)
    {
        var credential = await _desk.FindAsync(call.Scopes, cancellationToken).ConfigureAwait(false);
        using var trial = await _desk.TryAsync(_asking, credential, cancellationToken).ConfigureAwait(false);
        // Another may be known by now.
        credential = await _desk.FindAsync(call.Scopes, cancellationToken).ConfigureAwait(false);
        if (credential is not null && _desk.IsRefused(credential, out var why)) throw why ?? RegistryErrors.TokenDenied(way.Realm!, 401, registry, null);
        try
        {
            var pass = await BearerAsync(way, credential, scopes, exact, cancellationToken).ConfigureAwait(false);
            if (credential is not null) _desk.Prove(credential);
            return pass;
        }
        catch (ViaductException e) when (e.Kind == FailureKind.Denied && credential is not null)
        {
            // Clouds' own end within hours, and their helpers have new ones by then.
            // Only 401 is about the password: the others are about what may be done with it.
            if (e is not RegistryException { Status: 401 }) _desk.Prove(credential);
            _desk.Refuse(credential, e);
            var other = await _desk.FindAsync(call.Scopes, cancellationToken).ConfigureAwait(false);
            if (other is null || other == credential) throw;
            return await BearerAsync(way, other, scopes, exact, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Pass> BearerAsync(WayIn way, Credential? credential, ScopeSet scopes, bool exact, CancellationToken cancellationToken)
    {
        if (credential?.RegistryToken is { } given) return new Pass(new AuthenticationHeaderValue("Bearer", given)) { Asked = scopes, IsFresh = true };
        var key = new TokenKey(way.Realm!, way.Challenge.Service, credential, scopes);
        if (_cache.Find(key, exact) is { } known) return Pass.Bearer(known, scopes, fresh: false);
        var wide = exact ? null : key with { Scopes = _scopes.Widen(scopes) };
        var (token, fresh, asked) = await _cache.GetAsync(key, wide, cancellationToken).ConfigureAwait(false);
        return Pass.Bearer(token, asked.Scopes, fresh);
    }
}
