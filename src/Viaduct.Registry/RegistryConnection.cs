using System.Collections.Concurrent;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// One registry and the way of a request to it: <see cref="RetryPolicy"/>, then <see cref="Authorizer"/>, then <see cref="RedirectGuard"/>,
/// then the <see cref="Wire"/>.
/// </summary>
internal sealed class RegistryConnection : IDisposable
{
    private readonly Wire _wire;
    private readonly Authorizer _authorizer;

    public RegistryConnection(RegistryEndpoint endpoint, RegistryOptions options)
    {
        // A pool for each registry: what one may reach, another that points there would find open.
        _wire = new Wire(options, endpoint);
        Endpoint = endpoint;
        Gate = new SemaphoreSlim(options.ConcurrencyAt(endpoint.Registry));
        Uploads = new SemaphoreSlim(options.ConcurrencyAt(endpoint.Registry));
        Retry = new RetryPolicy(options.Clock);
        var redirects = new RedirectGuard(endpoint, _wire, Gate);
        _authorizer = new Authorizer(endpoint, options.Credentials, new TokenService(endpoint, _wire, Retry), redirects, options.Clock);
    }

    public RegistryEndpoint Endpoint { get; }

    public RetryPolicy Retry { get; }

    /// <summary>Held from the start of a request to the end of what is read here; a stream that is handed out no longer holds it.</summary>
    public SemaphoreSlim Gate { get; }

    /// <summary>
    /// Held while a blob is pushed, so that no more sources are open than can be sent. Whoever holds the other gate never waits for this one.
    /// </summary>
    public SemaphoreSlim Uploads { get; }

    /// <summary>Blobs on their way or arrived: one flight for each repository and digest (distribution#2077).</summary>
    public ConcurrentDictionary<(string Repository, Digest Digest), Task> Flights { get; } = new();

    public void Announce(ScopeSet scopes) => _authorizer.Announce(scopes);

    public Task<Answer> SendAsync(Call call, CancellationToken cancellationToken) =>
        Retry.SendAsync(call, _authorizer.SendAsync, cancellationToken);

    public void Dispose() => _wire.Dispose();

    public Uri Api(string repository, string path) =>
        new(string.Concat(Endpoint.Root.GetLeftPart(UriPartial.Authority), "/v2/", repository, path));
}
