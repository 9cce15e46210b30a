namespace Viaduct.Oci;

/// <summary>Where images are written to. Blobs come before the manifests that name them, children before lists, tags last.</summary>
public interface IContentSink
{
    /// <summary>Makes a blob present; sends nothing when it is there already or can be mounted.</summary>
    Task PushBlobAsync(Blob blob, CancellationToken cancellationToken);

    /// <summary>Makes a manifest present under its digest, its bytes untouched.</summary>
    Task PushManifestAsync(RawManifest manifest, CancellationToken cancellationToken);

    /// <summary>Points a tag at a manifest; a push of the manifest by digest before it is not needed.</summary>
    Task TagAsync(string tag, RawManifest manifest, CancellationToken cancellationToken);
}
