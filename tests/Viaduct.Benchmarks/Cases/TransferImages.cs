using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Viaduct.Benchmarks.Cases;

/// <summary>A list of four images of five layers each in an OCI layout: noise, as compressed layers are, so that bytes are all that counts.</summary>
internal static class TransferImages
{
    public const string Tag = "1";
    public const int LayersEach = 5;

    private const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
    private const string IndexType = "application/vnd.oci.image.index.v1+json";

    public static IReadOnlyList<string> Architectures { get; } = ["amd64", "arm64", "ppc64le", "s390x"];

    /// <param name="folder">Becomes the layout.</param>
    /// <returns>The digest of the list.</returns>
    public static string Make(string folder, int mebibytesALayer)
    {
        var blobs = Directory.CreateDirectory(Path.Combine(folder, "blobs", "sha256")).FullName;
        var entries = new List<string>();
        foreach (var architecture in Architectures)
        {
            var (layers, diffs) = (new List<string>(), new List<string>());
            for (var i = 0; i < LayersEach; i++)
            {
                var noise = RandomNumberGenerator.GetBytes(mebibytesALayer << 20);
                diffs.Add($"\"{DigestOf(noise)}\"");
                layers.Add(Write(blobs, "application/vnd.oci.image.layer.v1.tar+gzip", Packed(noise)));
            }
            var config = Write(blobs, "application/vnd.oci.image.config.v1+json", Encoding.UTF8.GetBytes(
                $$$"""{"architecture":"{{{architecture}}}","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[{{{string.Join(',', diffs)}}}]}}"""));
            var manifest = Write(blobs, ManifestType, Encoding.UTF8.GetBytes(
                $$"""{"schemaVersion":2,"mediaType":"{{ManifestType}}","config":{{config}},"layers":[{{string.Join(',', layers)}}]}"""));
            entries.Add($$$"""{{{manifest[..^1]}}},"platform":{"architecture":"{{{architecture}}}","os":"linux"}}""");
        }
        var list = Encoding.UTF8.GetBytes(Index(string.Join(',', entries)));
        var entry = Write(blobs, IndexType, list);
        File.WriteAllText(Path.Combine(folder, "index.json"), Index($$$"""{{{entry[..^1]}}},"annotations":{"org.opencontainers.image.ref.name":"{{{Tag}}}"}}"""));
        File.WriteAllText(Path.Combine(folder, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
        return DigestOf(list);
    }

    /// <summary>skopeo looks at the bytes and would compress what is not gzip.</summary>
    private static byte[] Packed(byte[] noise)
    {
        using var packed = new MemoryStream(noise.Length + (noise.Length >> 8));
        using (var gzip = new GZipStream(packed, CompressionLevel.NoCompression)) gzip.Write(noise);
        return packed.ToArray();
    }

    private static string Index(string entries) => $$"""{"schemaVersion":2,"mediaType":"{{IndexType}}","manifests":[{{entries}}]}""";

    /// <returns>The descriptor.</returns>
    private static string Write(string blobs, string type, byte[] bytes)
    {
        var digest = DigestOf(bytes);
        File.WriteAllBytes(Path.Combine(blobs, digest["sha256:".Length..]), bytes);
        return $$"""{"mediaType":"{{type}}","digest":"{{digest}}","size":{{bytes.Length}}}""";
    }

    private static string DigestOf(byte[] bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
}
