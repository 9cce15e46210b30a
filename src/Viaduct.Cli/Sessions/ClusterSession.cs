using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Options;
using Viaduct.Cli.Terminal;
using Viaduct.Oci;
using Viaduct.Server;
using Viaduct.Simulation;

namespace Viaduct.Cli.Sessions;

/// <summary>A cluster that files describe, and the registries that its nodes would ask.</summary>
internal sealed class ClusterSession : IAsyncDisposable
{
    private readonly ClusterWish _wish;
    private EmbeddedRegistry? _embedded;
    private readonly LiveRegistries? _live;
    private readonly DescribedRegistries? _described;

    private ClusterSession(ClusterWish wish, ClusterObjects objects, IReadOnlyList<Node> nodes, DescribedRegistries? described, LiveRegistries? live)
    {
        (_wish, _described, _live) = (wish, described, live);
        (Objects, Nodes) = (objects, nodes);
    }

    public ClusterObjects Objects { get; }

    public IReadOnlyList<Node> Nodes { get; }

    /// <exception cref="ViaductException">VIA9070, VIA9071, VIA9074; what reading the files throws.</exception>
    public static async Task<ClusterSession> OpenAsync(ClusterOptions options, RegistryOptionsGroup registries, ParseResult parse, Caller caller, CancellationToken cancellationToken)
    {
        var wish = options.Read(parse, caller);
        var objects = await ObjectReader.ReadAsync(wish.Files, wish.Files.Contains("-") ? caller.Input() : null, wish.Namespace, cancellationToken).ConfigureAwait(false);
        var described = await NodeOptions.ReadAsync(parse, caller, options.Nodes, cancellationToken).ConfigureAwait(false);
        var nodes = await ClusterNodes.PrepareAsync(described.Count > 0 ? described : objects.Nodes, wish, cancellationToken).ConfigureAwait(false);
        if (nodes.Count == 0) throw CliErrors.NoNodes();
        if (objects.Pods.Count == 0 && nodes.All(n => n.StaticPods.Count == 0)) throw CliErrors.NoPods();

        var known = wish.Registries is { } file ? DescribedRegistries.Read(file) : null;
        var session = new ClusterSession(wish, objects, nodes, known, wish.IsOffline ? null : new LiveRegistries(registries.Options(parse, caller), wish.VerifiesCredentials));
        try
        {
            if (!wish.IsOffline) session._embedded = await EmbeddedStore.OpenForAsync(session.Images(), registries.Root(parse, caller), caller, cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Every pod on every node.</summary>
    public Task<ClusterReport> RunAsync(CancellationToken cancellationToken) =>
        new ClusterSimulator(Objects, new ClusterSetup { AlwaysPullImages = _wish.AlwaysPullImages, Version = _wish.Version }, Registries.Of(_described, _live), Providers()).RunAsync(Nodes, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _live?.Dispose();
        if (_embedded is not null) await _embedded.DisposeAsync().ConfigureAwait(false);
    }

    private IProviderAnswers Providers() => _wish.Programs is { } folder ? new RunProviders(folder) : new CannedAnswers();

    private IEnumerable<Reference> Images() => Objects.Pods.SelectMany(p => p.Containers).Select(c => c.Image).Distinct(StringComparer.Ordinal)
        .Select(i => Reference.TryParse(i, out var reference) ? reference : null).OfType<Reference>();
}
