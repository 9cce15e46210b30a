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
    public Token? Find(TokenKey key)
    {
        lock (_lock)
        {
            _tokens.RemoveAll(t => !t.Token.IsUsable(clock));
            foreach (var (asked, token) in _tokens)
                if (asked.Serves(key)) return token;
            return null;
        }
    }

    /// <summary>Forgets a token that the registry no longer takes.</summary>
    public void Drop(Token token)
    {
        lock (_lock) _tokens.RemoveAll(t => ReferenceEquals(t.Token, token));
    }

    /// <param name="wide">What is asked for when nothing at hand or under way serves <paramref name="key"/>; covers it.</param>
    /// <returns>The token, and whether it was asked for by or during this call.</returns>
    public async Task<(Token Token, bool Fresh, TokenKey Asked)> GetAsync(TokenKey key, TokenKey wide, CancellationToken cancellationToken)
    {
        TokenKey asked;
        Task<Token> flight;
        lock (_lock)
        {
            foreach (var (at, token) in _tokens)
                if (token.IsUsable(clock) && at.Serves(key)) return (token, false, at);
            (asked, flight) = _flights.Find(f => f.Key.Serves(key));
            if (flight is null)
            {
                asked = _narrow ? key : wide;
                // The flight belongs to all that wait for it, so no single caller cancels it; its own patience ends it.
                flight = FlyAsync(asked);
                _flights.Add((asked, flight));
            }
        }
        try
        {
            return (await flight.WaitAsync(cancellationToken).ConfigureAwait(false), true, asked);
        }
        catch (ViaductException e) when (e.Exit == ExitCode.Denied && !asked.Scopes.Equals(key.Scopes))
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
