using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// The tokens of one registry. A token that covers more serves less, one request asks for all that is under way,
/// and whoever needs what is being asked for waits for it instead of asking too.
/// </summary>
internal sealed class TokenCache(TokenService service, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly List<(TokenKey Key, Token Token)> _tokens = [];
    private readonly List<(TokenKey Key, Task<Token> Task)> _flights = [];
    private bool _narrow;

    /// <summary>A token at hand, without asking.</summary>
    /// <param name="exact">One that was asked for with this key alone: one for more may have been given less.</param>
    public Token? Find(TokenKey key, bool exact)
    {
        lock (_lock)
        {
            _tokens.RemoveAll(t => !t.Token.IsUsable(clock));
            foreach (var (asked, token) in _tokens)
                if (exact ? asked == key : asked.Serves(key)) return token;
            return null;
        }
    }

    /// <summary>Forgets a token that the registry no longer takes.</summary>
    public void Drop(Token token)
    {
        lock (_lock) _tokens.RemoveAll(t => ReferenceEquals(t.Token, token));
    }

    /// <summary>From now on each request's token is asked for by itself: the service grants less than it is asked for when that is much.</summary>
    public void Narrow()
    {
        lock (_lock) _narrow = true;
    }

    /// <param name="wide">What is asked for when nothing at hand or under way serves <paramref name="key"/>; covers it. Null where only a token for the key alone will do.</param>
    /// <returns>The token, and whether it was asked for by or during this call.</returns>
    public async Task<(Token Token, bool Fresh, TokenKey Asked)> GetAsync(TokenKey key, TokenKey? wide, CancellationToken cancellationToken)
    {
        TokenKey asked;
        Task<Token> flight;
        lock (_lock)
        {
            foreach (var (at, token) in _tokens)
                if (token.IsUsable(clock) && (wide is null ? at == key : at.Serves(key))) return (token, false, at);
            (asked, flight) = _flights.Find(f => wide is null || _narrow ? f.Key == key : f.Key.Serves(key));
            if (flight is null)
            {
                asked = wide is null || _narrow ? key : wide;
                // The flight belongs to all that wait for it, so no single caller cancels it; its own patience ends it.
                flight = FlyAsync(asked);
                _flights.Add((asked, flight));
            }
        }
        try
        {
            return (await flight.WaitAsync(cancellationToken).ConfigureAwait(false), true, asked);
        }
        catch (ViaductException e) when (e.Kind == FailureKind.Denied && !asked.Scopes.Equals(key.Scopes))
        {
            // Some services refuse all when one scope is not theirs to give (GitLab): from now on ask for no more than a request needs.
            lock (_lock) _narrow = true;
            return await GetAsync(key, key, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Token> FlyAsync(TokenKey key)
    {
        await Task.Yield();
        try
        {
            var token = await service.AskAsync(key, clock, CancellationToken.None).ConfigureAwait(false);
            lock (_lock) _tokens.Add((key, token));
            return token;
        }
        finally
        {
            lock (_lock) _flights.RemoveAll(f => f.Key == key);
        }
    }
}
