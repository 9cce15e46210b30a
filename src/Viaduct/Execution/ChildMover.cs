using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Execution;

/// <summary>Brings an image into another repository: blobs mounted where one registry holds both, then the manifest by digest, its bytes untouched.</summary>
internal static class ChildMover
{
    public static async Task BringAsync(RepositoryClient source, RawManifest child, RepositoryClient target, CancellationToken cancellationToken)
    {
        if (source.Name.Name == target.Name.Name) return;
        await FailFast.AllAsync(child.AsImage().Blobs.DistinctBy(b => b.Digest), (blob, token) =>
            target.PushBlobAsync(Movable(source, blob, target), token), cancellationToken).ConfigureAwait(false);
        await target.PushManifestAsync(child, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A blob of any source, to be mounted if the source is another repository of the target's registry.</summary>
    public static Blob Movable(IContentSource source, Descriptor blob, RepositoryClient target) => source.AsBlob(blob) with
    {
        MountFrom = source is RepositoryClient repository && repository.Name.Registry == target.Name.Registry ? repository.Name : null,
    };
}
