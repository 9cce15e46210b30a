using Viaduct.Oci;

namespace Viaduct.Cli.Printing;

/// <summary>A manifest with what it names, as far as it could be read.</summary>
/// <param name="Entry">How the list above names it; null at the root.</param>
/// <param name="Manifest">Null when it is named and not there.</param>
/// <param name="Config">Of an image; null for artifacts that have none.</param>
internal sealed record ImageTree(Descriptor? Entry, RawManifest? Manifest, ImageManifest? Image, ImageConfig? Config, IReadOnlyDictionary<string, string> Annotations, IReadOnlyList<ImageTree> Children)
{
    // Lists in lists are rare, and deeper ones are an attack.
    private const int MaxDepth = 4;
    private static readonly Dictionary<string, string> None = [];

    public Descriptor Descriptor => Manifest?.Descriptor ?? Entry!;

    /// <summary>What the list says, else what the config says.</summary>
    public Platform? Platform => Entry?.Platform ?? Config?.Platform;

    public static async Task<ImageTree> LoadAsync(IContentSource source, RawManifest manifest, Descriptor? entry, CancellationToken cancellationToken, int depth = 0)
    {
        if (manifest.IsIndex && depth < MaxDepth)
        {
            var index = manifest.AsIndex();
            var children = await Task.WhenAll(index.Manifests.Select(e => LoadEntryAsync(source, e, depth, cancellationToken))).ConfigureAwait(false);
            return new ImageTree(entry, manifest, null, null, index.Annotations, children);
        }
        if (!manifest.IsImage) return new ImageTree(entry, manifest, null, null, None, []);
        var image = manifest.AsImage();
        var config = image.Config.MediaType is MediaTypes.OciConfig or MediaTypes.DockerConfig && entry?.Platform is not { Os: "unknown" }
            ? await source.ReadConfigAsync(image.Config, cancellationToken).ConfigureAwait(false) : null;
        return new ImageTree(entry, manifest, image, config, image.Annotations, []);
    }

    private static async Task<ImageTree> LoadEntryAsync(IContentSource source, Descriptor entry, int depth, CancellationToken cancellationToken)
    {
        var manifest = await source.FindManifestAsync(entry.Digest.ToString(), cancellationToken).ConfigureAwait(false);
        return manifest is null ? new ImageTree(entry, null, null, null, None, []) : await LoadAsync(source, manifest, entry, cancellationToken, depth + 1).ConfigureAwait(false);
    }
}
