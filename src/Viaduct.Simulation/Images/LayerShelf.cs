using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Simulation;

/// <summary>
/// Layers that were scanned, by digest: images share their bases, within a list and between lists. The longest unused go when the shelf is full.
/// What a layer holds does not depend on where it was read, so all sources share; that each of them has it is for a verifier to ask.
/// </summary>
/// <param name="room">Bytes of memory, about.</param>
internal sealed class LayerShelf(long room = LayerShelf.DefaultRoom)
{
    private const long DefaultRoom = 256L << 20;

    private readonly SharedReads<LayerScan> _reading = new();
    private readonly Dictionary<Digest, LinkedListNode<LayerScan>> _kept = [];
    private readonly LinkedList<LayerScan> _byUse = new();
    private readonly Lock _gate = new();
    private long _weight;

    public async Task<LayerScan> GetAsync(IContentSource source, Descriptor layer, CancellationToken cancellationToken)
    {
        if (Find(layer) is { } kept) return kept;
        // Whoever begins to read after another has ended finds what that one kept: it is kept before it is forgotten here.
        var scan = await _reading.GetAsync(source, layer.Digest, async ct => Find(layer) ?? await ScanAsync(source, layer, ct).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        Keep(scan);
        _reading.Forget(source, layer.Digest);
        // Another image may name the same layer with a size that is wrong: the pull of that one fails.
        return scan.Layer.Size == layer.Size ? scan : await ScanAsync(source, layer, cancellationToken).ConfigureAwait(false);
    }

    private static Task<LayerScan> ScanAsync(IContentSource source, Descriptor layer, CancellationToken cancellationToken) =>
        LayerScan.ReadAsync(source.AsBlob(layer), LayerStack.Limits, new BinaryObserver().SeeAsync, cancellationToken);

    private LayerScan? Find(Descriptor layer)
    {
        lock (_gate)
        {
            if (!_kept.TryGetValue(layer.Digest, out var node) || node.Value.Layer.Size != layer.Size) return null;
            _byUse.Remove(node);
            _byUse.AddLast(node);
            return node.Value;
        }
    }

    private void Keep(LayerScan scan)
    {
        lock (_gate)
        {
            if (scan.Weight > room || _kept.ContainsKey(scan.Layer.Digest)) return;
            _kept.Add(scan.Layer.Digest, _byUse.AddLast(scan));
            _weight += scan.Weight;
            while (_weight > room && _byUse.First is { } oldest)
            {
                _byUse.RemoveFirst();
                _kept.Remove(oldest.Value.Layer.Digest);
                _weight -= oldest.Value.Weight;
            }
        }
    }
}
