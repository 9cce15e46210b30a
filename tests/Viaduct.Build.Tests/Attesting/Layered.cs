using System.Text.Json;
using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Build.Tests;

/// <summary>Images of layers that are written out, and what is attached to built ones.</summary>
internal static class Layered
{
    public static BuiltImage Image(params byte[][] tars)
    {
        var layers = tars.Select(t => Blob.FromBytes(MediaTypes.OciLayer, t)).ToList();
        var config = new ImageConfig(new Platform("linux", "amd64")) { DiffIds = [.. layers.Select(l => l.Descriptor.Digest)] };
        var blob = Blob.FromBytes(MediaTypes.OciConfig, config.ToBytes());
        var manifest = new ImageManifest(blob.Descriptor, [.. layers.Select(l => l.Descriptor)]).ToManifest();
        return new BuiltImage(config.Platform, manifest, config, [blob, .. layers]);
    }

    /// <summary>A layer of files by path; folders come of themselves, and a text that begins with an arrow is a link.</summary>
    public static byte[] Layer(params (string Path, string Text)[] files)
    {
        var folders = files.SelectMany(f => Parents(f.Path)).Distinct().Order(StringComparer.Ordinal).Select(p => Tars.Folder(p));
        return Tars.Of([.. folders, .. files.Select(f => f.Text.StartsWith("->", StringComparison.Ordinal) ? Tars.Link(f.Path, f.Text[2..].Trim()) : Tars.File(f.Path, f.Text))]);
    }

    /// <summary>A statement about the image, whole.</summary>
    public static async Task<JsonElement> StatementAsync(BuiltImage image, string predicateType)
    {
        var attestation = Assert.Single(image.Attestations);
        var layer = attestation.Manifest.AsImage().Layers.Single(l => l.Annotations["in-toto.io/predicate-type"] == predicateType);
        await using var stream = await attestation.Blobs.Single(b => b.Descriptor.Digest == layer.Digest).OpenAsync(default);
        using var document = await JsonDocument.ParseAsync(stream);
        return document.RootElement.Clone();
    }

    public static async Task<JsonElement> SbomAsync(BuiltImage image) => (await StatementAsync(image, "https://spdx.dev/Document")).GetProperty("predicate");

    public static async Task<JsonElement> ProvenanceAsync(BuiltImage image) => (await StatementAsync(image, "https://slsa.dev/provenance/v1")).GetProperty("predicate");

    /// <summary>The package URLs, but for those of images.</summary>
    public static IEnumerable<string> Packages(JsonElement sbom) => sbom.GetProperty("packages").EnumerateArray()
        .Where(p => p.TryGetProperty("externalRefs", out _)).Select(p => p.GetProperty("externalRefs")[0].GetProperty("referenceLocator").GetString()!)
        .Where(u => !u.StartsWith("pkg:docker/", StringComparison.Ordinal));

    public static IEnumerable<string> Files(JsonElement sbom) =>
        sbom.TryGetProperty("files", out var files) ? files.EnumerateArray().Select(f => f.GetProperty("fileName").GetString()!) : [];

    public static string Comment(JsonElement sbom) => sbom.TryGetProperty("comment", out var comment) ? comment.GetString()! : "";

    private static IEnumerable<string> Parents(string path)
    {
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1)) yield return path[..slash];
    }
}
