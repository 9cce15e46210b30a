namespace Viaduct.Oci.Layers;

/// <summary>
/// A layer that was read once, to its end: its entries and what an observer made of its files. It can be merged into any number of images.
/// A layer is always read to its end, because a later entry may replace an earlier one or take it away, and because only its last byte proves its digest.
/// </summary>
public sealed class LayerScan
{
    /// <summary>What an entry takes in memory beside its names, about.</summary>
    private const int EntryWeight = 200;

    private readonly List<(TarEntry Entry, object? Seen)> _items = [];

    private LayerScan(Descriptor layer) => Layer = layer;

    public Descriptor Layer { get; }

    public int Count => _items.Count;

    /// <summary>About how many bytes of memory it takes.</summary>
    public long Weight { get; private set; } = EntryWeight;

    internal IReadOnlyList<(TarEntry Entry, object? Seen)> Items => _items;

    /// <param name="observe">Is shown every regular file, one after the other.</param>
    /// <exception cref="ViaductException">VIA1020, VIA1021, VIA1023, VIA1024; what opening and reading the blob throws.</exception>
    public static async Task<LayerScan> ReadAsync(Blob layer, LayerLimits limits, FileObserver observe, CancellationToken cancellationToken)
    {
        var scan = new LayerScan(layer.Descriptor);
        using var archive = await LayerArchive.OpenAsync(layer, limits, cancellationToken).ConfigureAwait(false);
        while (await archive.NextAsync(cancellationToken).ConfigureAwait(false) is { } entry)
        {
            var sighting = entry.Kind == TarEntryKind.File
                ? await observe(entry, archive.Content, cancellationToken).ConfigureAwait(false)
                : default;
            scan.Add(entry, sighting);
            if (scan.Weight > limits.MaxNames) throw LayerErrors.TooMuch("its names fill the memory", $"layer {scan.Layer.Digest}");
        }
        scan._items.TrimExcess();
        return scan;
    }

    private void Add(TarEntry entry, Sighting sighting)
    {
        // Attributes are for those who unpack, and may be large.
        if (entry.ExtendedAttributes.Count > 0) entry = entry with { ExtendedAttributes = TarEntry.None };
        _items.Add((entry, sighting.Seen));
        Weight += EntryWeight + 2L * (entry.Path.Length + (entry.LinkTarget?.Length ?? 0)) + sighting.Weight;
    }
}
