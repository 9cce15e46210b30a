using System.Collections.Concurrent;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// One registry and the way of a request to it: <see cref="RetryPolicy"/>, then <see cref="Authorizer"/>, then <see cref="RedirectGuard"/>,
/// then the <see cref="Wire"/>. Before the first of them a <see cref="SchemeChoice"/>, where it may speak plain HTTP and need not.
/// </summary>
internal sealed class RegistryConnection : IDisposable
{
    private const int Near = 8;
    private const int Far = 64;
    private static readonly TimeSpan FarAway = TimeSpan.FromMilliseconds(10);

    private readonly Wire _wire;
    private readonly Authorizer _authorizer;
    private readonly SchemeChoice? _scheme;

    public RegistryConnection(RegistryEndpoint endpoint, RegistryOptions options)
    {
        // A pool for each registry: what one may reach, another that points there would find open.
        var pace = new Pace(endpoint, options.Clock);
        Remarks = new Remarks(endpoint, options.Warned);
        _wire = new Wire(options, endpoint, options.Concurrency is null ? Widen : null, pace, Remarks);
        Endpoint = endpoint;
        Gate = new SemaphoreSlim(options.Concurrency ?? Near);
        Uploads = new SemaphoreSlim(options.UploadsAt(endpoint.Registry));
        Retry = new RetryPolicy(options.Clock, pace);
        Clock = options.Clock;
        Written = new WrittenTags(Retry, options.Clock);
        Referrers = new ReferrerMemory(options.Clock);
        if (endpoint.Mirror is null && endpoint.Root.Scheme == Uri.UriSchemeHttps && (options.Insecure || RegistryAddress.IsLoopback(endpoint.Registry)))
            _scheme = new SchemeChoice(endpoint, new Dialer(endpoint, options.Resolve), options.Clock, trusting: !options.Insecure);
        var redirects = new RedirectGuard(endpoint, _wire, Gate);
        Absence = new Absence(endpoint, redirects, options.Clock);
        _authorizer = new Authorizer(endpoint, options.Credentials, new TokenService(endpoint, _wire, new RetryPolicy(options.Clock)), redirects, options.Clock);
    }

    public RegistryEndpoint Endpoint { get; }

    public RetryPolicy Retry { get; }

    public TimeProvider Clock { get; }

    /// <summary>What the registry said beside its answers.</summary>
    public Remarks Remarks { get; }

    /// <summary>Held from the start of a request to the end of what is read here; a stream that is handed out no longer holds it.</summary>
    public SemaphoreSlim Gate { get; }

    /// <summary>
    /// Held while a blob is sent, so that no more sources are open than can be sent. Whoever holds the other gate never waits for this one.
    /// </summary>
    public SemaphoreSlim Uploads { get; }

    /// <summary>Blobs on their way or arrived: one flight for each repository and digest (distribution#2077).</summary>
    public ConcurrentDictionary<(string Repository, Digest Digest), Task> Flights { get; } = new();

    /// <summary>Whether a 404 means what it says.</summary>
    public Absence Absence { get; }

    /// <summary>Tags that were put here.</summary>
    public WrittenTags Written { get; }

    /// <summary>Whether the registry lists referrers, and the lists that are kept for it.</summary>
    public ReferrerMemory Referrers { get; }

    public Task<PullTrace> TracePullAsync(Reference image, Credential? login, CancellationToken cancellationToken) =>
        new PullProbe(Endpoint, _wire, _scheme, Clock).AskAsync(image, login, cancellationToken);

    public void Announce(ScopeSet scopes) => _authorizer.Announce(scopes);

    /// <summary>A mirror is asked once: there is another place to ask.</summary>
    public Task<Answer> SendAsync(Call call, CancellationToken cancellationToken) =>
        Retry.SendAsync(Endpoint.Mirror is null ? call : call with { Retry = false }, _scheme is null ? _authorizer.SendAsync : SendChosenAsync, cancellationToken);

    private async Task<Answer> SendChosenAsync(Call call, CancellationToken cancellationToken) =>
        await _authorizer.SendAsync(await _scheme!.ApplyAsync(call, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    public void Dispose() => _wire.Dispose();

    /// <summary>A registry that answers late, though nothing else was asked of it, is waited for and not kept busy. The address tells nothing: tunnels begin here.</summary>
    private void Widen(TimeSpan firstAnswer)
    {
        if (firstAnswer > FarAway) Gate.Release(Far - Near);
    }

    public Uri Api(string repository, string path) => Endpoint.Api(repository, path);
}
