using System.Text.Json;

namespace Viaduct.Simulation;

/// <summary>
/// The images that kubelets report of their nodes, status.images (kubernetes/kubernetes pkg/kubelet/nodestatus/setters.go, Images). Nodes
/// that report the same share it: of thousands of nodes there are a few hundred names.
/// </summary>
internal sealed class ReportedImages
{
    /// <summary><c>nodeStatusMaxImages</c>, by default: the largest ones are reported.</summary>
    private const int MaxImages = 50;

    /// <summary>MaxNamesPerImageInNodeStatus.</summary>
    private const int MaxNames = 5;

    private readonly Dictionary<string, string?> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PresentImage> _images = new(StringComparer.Ordinal);
    private readonly Dictionary<KubeletSetup, KubeletSetup> _setups = new(KubeletSetup.SameSetup);

    /// <param name="setup">What is known of the kubelet besides.</param>
    public KubeletSetup Add(KubeletSetup setup, JsonElement images)
    {
        if (images.ValueKind != JsonValueKind.Array) return Shared(setup with { KnowsAllImages = false });
        var found = new List<PresentImage>();
        var isAll = images.GetArrayLength() < MaxImages;
        foreach (var image in images.EnumerateArray())
        {
            if (image.ValueKind != JsonValueKind.Object || !image.TryGetProperty("names", out var names) || names.ValueKind != JsonValueKind.Array) continue;
            isAll &= names.GetArrayLength() < MaxNames;
            if (ImageOf(names) is { } read) found.Add(read);
        }
        // They come by their sizes; images of one size in any order.
        found.Sort((a, b) => string.CompareOrdinal(a.Names[0], b.Names[0]));
        return Shared(setup with { Images = found, KnowsAllImages = isAll });
    }

    private PresentImage? ImageOf(JsonElement written)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in written.EnumerateArray())
            if (name.ValueKind == JsonValueKind.String && NameOf(name.GetString()!) is { } normalized) names.Add(normalized);
        if (names.Count == 0) return null;
        var key = string.Join(' ', names);
        return _images.TryGetValue(key, out var known) ? known : _images[key] = new PresentImage([.. names]) { Origin = ImageOrigin.Unknown };
    }

    /// <summary>Of what has lost its name, <c>&lt;none&gt;@&lt;none&gt;</c>, nothing.</summary>
    private string? NameOf(string text) => _names.TryGetValue(text, out var known) ? known : _names[text] = ImageEntry.Normalized(text);

    private KubeletSetup Shared(KubeletSetup setup) => _setups.TryGetValue(setup, out var known) ? known : _setups[setup] = setup;
}
