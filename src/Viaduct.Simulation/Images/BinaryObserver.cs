using Viaduct.Oci.Layers;

namespace Viaduct.Simulation;

/// <summary>Sees the programs of a layer while it passes by, so that no layer is fetched twice. For one layer at a time.</summary>
internal sealed class BinaryObserver
{
    private const int FormatWeight = 300;

    // Most programs of a layer are of a few kinds, and one object does for all of a kind.
    private readonly Dictionary<BinaryFormat, BinaryFormat> _known = [];

    public async ValueTask<Sighting> SeeAsync(TarEntry file, Stream content, CancellationToken cancellationToken)
    {
        if (!MayBeStarted(file)) return default;
        var format = await BinaryFormat.ReadAsync(content, file.Size, cancellationToken).ConfigureAwait(false);
        if (_known.TryGetValue(format, out var same)) return new Sighting(same, 0);
        _known.Add(format, format);
        return new Sighting(format, FormatWeight + (2 * ((format.Interpreter?.Length ?? 0) + (format.Argument?.Length ?? 0))));
    }

    /// <summary>Layers of Windows need not say who may execute what.</summary>
    private static bool MayBeStarted(TarEntry file) =>
        (file.Mode & 0b001_001_001) != 0
        || file.Path.EndsWith(".exe", StringComparison.OrdinalIgnoreCase)
        || file.Path.EndsWith(".com", StringComparison.OrdinalIgnoreCase);
}
