using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Cli.Printing;

/// <summary>A manifest with what it names, as far as it could be read.</summary>
/// <param name="Entry">How the list above names it; null at the root.</param>
/// <param name="Manifest">Null when it is named and cannot be read.</param>
/// <param name="Config">Of an image; null for artifacts that have none, and when it cannot be read.</param>
internal sealed record ImageTree(Descriptor? Entry, RawManifest? Manifest, ImageManifest? Image, ImageConfig? Config, IReadOnlyDictionary<string, string> Annotations, IReadOnlyList<ImageTree> Children)
{
    // Lists in lists are rare, and deeper ones are an attack.
    private const int MaxDepth = 4;
    private const string Missing = "missing";
    private static readonly Dictionary<string, string> None = [];

    /// <summary>What keeps the manifest from being read or, when it is there, its config: <c>missing</c> or <c>damaged</c>.</summary>
    public string? Fault { get; private init; }

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
        var tree = new ImageTree(entry, manifest, image, null, image.Annotations, []);
        if (image.Config.MediaType is not (MediaTypes.OciConfig or MediaTypes.DockerConfig) || entry?.Platform is { Os: "unknown" }) return tree;
        try
        {
            return tree with { Config = await source.ReadConfigAsync(image.Config, cancellationToken).ConfigureAwait(false) };
        }
        catch (ViaductException e) when (e.IsAboutContent())
        {
            return tree with { Fault = FaultOf(e) };
        }
    }

    private static async Task<ImageTree> LoadEntryAsync(IContentSource source, Descriptor entry, int depth, CancellationToken cancellationToken)
    {
        try
        {
            var manifest = await source.FindManifestAsync(entry.Digest.ToString(), cancellationToken).ConfigureAwait(false);
            return manifest is null ? Unread(Missing) : await LoadAsync(source, manifest, entry, cancellationToken, depth + 1).ConfigureAwait(false);
        }
        catch (ViaductException e) when (e.IsAboutContent())
        {
            return Unread(FaultOf(e));
        }

        ImageTree Unread(string fault) => new(entry, null, null, null, None, []) { Fault = fault };
    }

    private static string FaultOf(ViaductException e) => e.Kind == FailureKind.Absent ? Missing : "damaged";
}
