namespace Viaduct.Oci;

/// <summary>Where images are read from: a repository in a registry, an OCI layout, a docker archive.</summary>
public interface IContentSource
{
    /// <summary>The manifest of a tag or digest, its bytes checked against their digest; null only when the source says that it has none.</summary>
    Task<RawManifest?> FindManifestAsync(string tagOrDigest, CancellationToken cancellationToken);

    /// <summary>A blob's bytes. The stream fails at its end when size or digest are not the descriptor's, and never yields more than the size.</summary>
    Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken);
}
