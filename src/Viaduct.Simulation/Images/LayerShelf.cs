using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Simulation;

/// <summary>
/// Layers that were scanned: images share their bases, within a list and between lists. The longest unused go when the shelf is full.
/// It answers whoever says the same of a layer (digest, size and media type) with what reading it would give, and with nobody else's failure.
/// What a layer holds does not depend on where it was read, so a scan answers for all sources; that each of them has the layer is for a
/// verifier to ask. Each source reads for itself what is not scanned yet, and a failure is its own.
/// </summary>
/// <param name="room">Bytes of memory, about.</param>
internal sealed class LayerShelf(long room = LayerShelf.DefaultRoom)
{
    private const long DefaultRoom = 256L << 20;

    private readonly KeyedReads<LayerKey, LayerScan> _reading = new();
    private readonly Dictionary<LayerKey, LinkedListNode<LayerScan>> _kept = [];
    private readonly LinkedList<LayerScan> _byUse = new();
    private readonly Lock _gate = new();
    private long _weight;

    public async Task<LayerScan> GetAsync(IContentSource source, Descriptor layer, CancellationToken cancellationToken)
    {
        var key = LayerKey.Of(layer);
        if (Find(key) is { } kept) return kept;
        // Whoever begins to read after another has ended finds what that one kept: it is kept before it is forgotten here.
        var scan = await _reading.GetAsync(source, key, async ct => Find(key) ?? await ScanAsync(source, layer, ct).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        Keep(scan);
        _reading.Forget(source, key);
        return scan;
    }

    private static Task<LayerScan> ScanAsync(IContentSource source, Descriptor layer, CancellationToken cancellationToken) =>
        LayerScan.ReadAsync(source.AsBlob(layer), LayerStack.Limits, new BinaryObserver().SeeAsync, cancellationToken);

    private LayerScan? Find(LayerKey layer)
    {
        lock (_gate)
        {
            if (!_kept.TryGetValue(layer, out var node)) return null;
            _byUse.Remove(node);
            _byUse.AddLast(node);
            return node.Value;
        }
    }

    private void Keep(LayerScan scan)
    {
        lock (_gate)
        {
            var key = LayerKey.Of(scan.Layer);
            if (scan.Weight > room || _kept.ContainsKey(key)) return;
            _kept.Add(key, _byUse.AddLast(scan));
            _weight += scan.Weight;
            while (_weight > room && _byUse.First is { } oldest)
            {
                _byUse.RemoveFirst();
                _kept.Remove(LayerKey.Of(oldest.Value.Layer));
                _weight -= oldest.Value.Weight;
            }
        }
    }
}
