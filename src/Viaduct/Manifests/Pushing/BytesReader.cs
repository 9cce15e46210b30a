using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Manifests;

/// <summary>
/// Reads the manifests that a docker before 23.0 left without their bytes, by digest. Their size is known only then too:
/// 18.02 to 18.05 wrote the size of other bytes into the list.
/// </summary>
internal sealed class BytesReader(RegistryClient registry)
{
    /// <returns>The images in the order of the list, each with its bytes.</returns>
    public Task<StoredManifest[]> ReadAsync(StoredList list, CancellationToken cancellationToken)
    {
        var images = list.Entries.Select(e => (e.Image, Source: registry.Repository(e.Image.Ref))).ToList();
        return FailFast.AllAsync(images, async (image, token) =>
            image.Image.Manifest is null && !list.Companion.Sources.ContainsKey(image.Image.Descriptor.Digest)
                ? await ReadAsync(image.Image, image.Source, token).ConfigureAwait(false)
                : image.Image, cancellationToken);
    }

    private static async Task<StoredManifest> ReadAsync(StoredManifest image, RepositoryClient source, CancellationToken cancellationToken)
    {
        var name = image.Ref.WithDigest(image.Descriptor.Digest);
        try
        {
            var manifest = await source.FindManifestAsync(image.Descriptor.Digest.ToString(), cancellationToken).ConfigureAwait(false) ?? throw DockerWords.NoSuchManifest(name);
            return image with { Manifest = manifest, Descriptor = image.Descriptor with { MediaType = manifest.MediaType, Size = manifest.Bytes.Length } };
        }
        catch (ViaductException e)
        {
            throw DockerWords.OfRead(e, name);
        }
    }
}
