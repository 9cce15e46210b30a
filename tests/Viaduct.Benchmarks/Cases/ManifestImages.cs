using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Viaduct.Benchmarks.Cases;

/// <summary>Images of eight architectures, each of a config and six layers, as their size is in the field.</summary>
internal static class ManifestImages
{
    private const string Type = "application/vnd.oci.image.manifest.v1+json";
    private const int Layers = 6;

    public static IReadOnlyList<string> Architectures { get; } = ["386", "amd64", "arm", "arm64", "mips64le", "ppc64le", "riscv64", "s390x"];

    /// <param name="name">Repository and tag of an architecture's image.</param>
    public static async Task PushAsync(string address, Func<string, (string Repository, string Tag)> name)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://{address}/v2/") };
        foreach (var architecture in Architectures)
        {
            var (repository, tag) = name(architecture);
            byte[][] layers = [.. Enumerable.Range(0, Layers).Select(i => Encoding.UTF8.GetBytes($"layer {i} of {architecture}"))];
            var diffs = string.Join(',', layers.Select(l => $"\"{DigestOf(l)}\""));
            var config = Encoding.UTF8.GetBytes($$$"""{"architecture":"{{{architecture}}}","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[{{{diffs}}}]}}""");
            foreach (var blob in layers.Prepend(config)) await PutAsync(client, repository, blob).ConfigureAwait(false);
            var entries = string.Join(',', layers.Select(l => Descriptor("application/vnd.oci.image.layer.v1.tar+gzip", l)));
            using var manifest = new StringContent($$"""{"schemaVersion":2,"mediaType":"{{Type}}","config":{{Descriptor("application/vnd.oci.image.config.v1+json", config)}},"layers":[{{entries}}]}""");
            manifest.Headers.ContentType = new MediaTypeHeaderValue(Type);
            (await client.PutAsync($"{repository}/manifests/{tag}", manifest).ConfigureAwait(false)).EnsureSuccessStatusCode().Dispose();
        }
    }

    private static async Task PutAsync(HttpClient client, string repository, byte[] blob)
    {
        using var begun = (await client.PostAsync($"{repository}/blobs/uploads/", null).ConfigureAwait(false)).EnsureSuccessStatusCode();
        var place = new UriBuilder(new Uri(client.BaseAddress!, begun.Headers.Location!));
        place.Query = $"{place.Query.TrimStart('?')}&digest={DigestOf(blob)}";
        using var content = new ByteArrayContent(blob);
        (await client.PutAsync(place.Uri, content).ConfigureAwait(false)).EnsureSuccessStatusCode().Dispose();
    }

    private static string Descriptor(string type, byte[] bytes) => $$"""{"mediaType":"{{type}}","digest":"{{DigestOf(bytes)}}","size":{{bytes.Length}}}""";

    private static string DigestOf(byte[] bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
}
