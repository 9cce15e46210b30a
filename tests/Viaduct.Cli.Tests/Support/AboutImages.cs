using System.Text;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Cli.Tests;

/// <summary>Something that is about what a folder's registry holds.</summary>
internal static class AboutImages
{
    /// <summary>An SBOM of a manifest, as oras attaches one.</summary>
    public static async Task<Digest> AttachAsync(string registry, string name, string subject, string type)
    {
        using var client = new RegistryClient(new RegistryOptions());
        var repository = client.Repository(Reference.Parse($"{registry}/{name}"), push: true);
        var about = (await repository.FindManifestAsync(subject, default))!;
        var config = Blob.FromBytes("application/vnd.oci.empty.v1+json", "{}"u8.ToArray());
        await repository.PushBlobAsync(config, default);
        var manifest = RawManifest.Parse(Encoding.UTF8.GetBytes(
            $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","artifactType":"{{type}}","config":{{Json(config.Descriptor)}},"layers":[],"subject":{{Json(about.Descriptor)}}}"""), null);
        await repository.PushManifestAsync(manifest, default);
        return manifest.Digest;

        static string Json(Descriptor d) => $$"""{"mediaType":"{{d.MediaType}}","digest":"{{d.Digest}}","size":{{d.Size}}}""";
    }
}
