using Viaduct.Build;
using Viaduct.Oci;

namespace Viaduct.Execution;

/// <summary>What was just built, as a source to read from.</summary>
internal sealed class BuiltContent(BuiltImage image) : IContentSource
{
    public Task<RawManifest?> FindManifestAsync(string tagOrDigest, CancellationToken cancellationToken) =>
        Task.FromResult(tagOrDigest == image.Manifest.Digest.ToString() ? image.Manifest : null);

    public async Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken) =>
        new VerifyingStream(await image.Blobs.First(b => b.Descriptor.Digest == blob.Digest).OpenAsync(cancellationToken).ConfigureAwait(false), blob);
}
