using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Simulation;

/// <summary>
/// The layers of one image, fetched from the top as far as they are needed: what an upper layer says in so many words, no lower one can change.
/// What is not fetched is not checked either.
/// </summary>
internal sealed class LayerStack(IContentSource source, IReadOnlyList<Descriptor> layers, LayerShelf shelf)
{
    public static readonly LayerLimits Limits = new() { MaxFiles = 2_000_000, MaxNames = 512L << 20 };

    /// <summary>More than any file system stacks (overlayfs: 500 lower directories; dockerd: 125 layers).</summary>
    private const int MaxLayers = 1000;

    /// <summary>Steps of merging and looking in vain whether the layers so far decide, before all are fetched: about 500,000 entries.</summary>
    private const long MaxTried = 5_000_000;

    private readonly List<LayerScan> _scans = [];
    private long _weight;

    private int Below => layers.Count - _scans.Count;

    /// <summary>The whole image.</summary>
    /// <exception cref="UndecidedException">A layer lies elsewhere, or there is too much.</exception>
    public async Task<LayerTree> AllAsync(CancellationToken cancellationToken)
    {
        RefuseTooMany();
        while (Below > 0) await FetchAsync(cancellationToken).ConfigureAwait(false);
        return Merge(cancellationToken);
    }

    /// <summary>Asks of ever more layers, from the top, until the answer cannot change any more.</summary>
    /// <exception cref="UndecidedException">A layer lies elsewhere, or there is too much.</exception>
    public async Task<T> DecideAsync<T>(Func<LayerTree, T> ask, CancellationToken cancellationToken)
    {
        RefuseTooMany();
        for (var tried = 0L; Below > 1 && tried < MaxTried;)
        {
            await FetchAsync(cancellationToken).ConfigureAwait(false);
            if (TryAsk(ask, ref tried, out var answer, cancellationToken)) return answer!;
        }
        return ask(await AllAsync(cancellationToken).ConfigureAwait(false));
    }

    private void RefuseTooMany()
    {
        if (layers.Count > MaxLayers) throw new UndecidedException($"it has more than {MaxLayers} layers");
    }

    private bool TryAsk<T>(Func<LayerTree, T> ask, ref long tried, out T? answer, CancellationToken cancellationToken)
    {
        LayerTree? tree = null;
        try
        {
            tree = Merge(cancellationToken);
            answer = ask(tree);
            return !tree.IsDoubtful;
        }
        // What is too much of a part (VIA1021) is too much of the whole.
        catch (Exception e) when (e is UndecidedException or ViaductException { Code: not "VIA1021" })
        {
            // A lower layer may open a circle of links, or have what a hard link needs; if not, the whole fails as well.
            answer = default;
            return false;
        }
        finally
        {
            // Layers that do not merge by themselves are not tried again with more.
            tried += tree?.Steps ?? MaxTried;
        }
    }

    private LayerTree Merge(CancellationToken cancellationToken) => LayerTree.Merge(_scans, Below, Limits, cancellationToken);

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        var layer = layers[Below - 1];
        try
        {
            var scan = await shelf.GetAsync(source, layer, cancellationToken).ConfigureAwait(false);
            if ((_weight += scan.Weight) > Limits.MaxNames) throw new UndecidedException("the names of its files fill the memory");
            _scans.Insert(0, scan);
        }
        catch (ViaductException e) when (e.Kind == FailureKind.Absent && IsForeign(layer))
        {
            throw new UndecidedException($"its layer {layer.Digest} lies elsewhere, as the bases of Windows do, and not in the registry");
        }
    }

    /// <summary>image-spec layer.md, "Non-Distributable Layers"; docker's media type for them says foreign.</summary>
    private static bool IsForeign(Descriptor layer) =>
        layer.Urls.Count > 0 || layer.MediaType.Contains("nondistributable", StringComparison.Ordinal) || layer.MediaType.Contains(".foreign.", StringComparison.Ordinal);
}
