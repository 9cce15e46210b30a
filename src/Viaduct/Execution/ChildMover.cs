using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Execution;

/// <summary>Brings an image into another repository: blobs mounted where one registry holds both, then the manifest by digest, its bytes untouched.</summary>
internal static class ChildMover
{
    public static async Task BringAsync(RepositoryClient source, RawManifest child, RepositoryClient target, CancellationToken cancellationToken)
    {
        if (source.Name.Name == target.Name.Name) return;
        var mountFrom = source.Name.Registry == target.Name.Registry ? source.Name : null;
        await FailFast.AllAsync(child.AsImage().Blobs.DistinctBy(b => b.Digest), (blob, token) =>
            target.PushBlobAsync(source.AsBlob(blob) with { MountFrom = mountFrom }, token), cancellationToken).ConfigureAwait(false);
        await target.PushManifestAsync(child, cancellationToken).ConfigureAwait(false);
    }
}
