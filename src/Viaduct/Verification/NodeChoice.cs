using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Verification;

/// <summary>The nodes that a list or image is for by its own word.</summary>
/// <param name="Untried">What it names besides, so that nothing passes without having been looked at.</param>
internal sealed record NodeChoice(IReadOnlyList<Node> Nodes, IReadOnlyList<string> Untried)
{
    public static async Task<NodeChoice> OfAsync(IContentSource source, RawManifest manifest, Runtime runtime, CancellationToken cancellationToken)
    {
        if (manifest.IsIndex) return OfEntries(manifest.AsIndex().Manifests, runtime);
        var platform = (await source.ReadConfigAsync(manifest.AsImage().Config, cancellationToken).ConfigureAwait(false)).Platform;
        return KnownPlatforms.Contains(platform)
            ? new([Node.Of(platform) with { Runtime = runtime }], [])
            : new([], [$"its config is for {Named(platform)}: no node was tried; name some with --platform"]);
    }

    private static NodeChoice OfEntries(IReadOnlyList<Descriptor> entries, Runtime runtime)
    {
        var images = entries.Where(e => e.Platform is not { Os: "unknown", Architecture: "unknown" }).ToLookup(e => e.Platform is { } p && KnownPlatforms.Contains(p));
        string[] empty = images.Contains(true) || images.Contains(false) ? [] : ["it names no image: no node was tried"];
        return new(
            [.. images[true].Select(e => e.Platform!).Distinct().Select(p => Node.Of(p) with { Runtime = runtime })],
            [.. images[false].Select(e => $"its entry {e.Digest} is for {Named(e.Platform)}: no node was tried for it"), .. empty]);
    }

    private static string Named(Platform? platform) =>
        platform is null || platform.Os.Length == 0 || platform.Architecture.Length == 0 ? "no platform" : $"{platform}, which is no platform of Go";
}
