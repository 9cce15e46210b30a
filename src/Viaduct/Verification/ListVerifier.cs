using Viaduct.Oci;
using Viaduct.Registry;
using Viaduct.Simulation;

namespace Viaduct.Verification;

/// <summary>Holds everything that a list or image names to what the registry has: every child's manifest, every blob's existence and size.</summary>
/// <param name="manifests">The repository's, perhaps shared with others who read them.</param>
internal sealed class ListVerifier(RepositoryClient repository, IContentSource manifests, bool deep)
{
    // Lists in lists are rare, and deeper ones are an attack.
    private const int MaxDepth = 4;

    /// <returns>One fault for each thing that is wrong; empty when all is right.</returns>
    public Task<IReadOnlyList<Fault>> VerifyAsync(RawManifest manifest, CancellationToken cancellationToken) =>
        VerifyAsync(manifest, manifest.IsIndex ? "the list" : "the image", 0, cancellationToken);

    private async Task<IReadOnlyList<Fault>> VerifyAsync(RawManifest manifest, string what, int depth, CancellationToken cancellationToken)
    {
        if (depth > MaxDepth) return [Fault.Unusable($"{what} is a list too deep within lists", manifest.Digest)];
        try
        {
            if (manifest.IsIndex)
            {
                var children = await Task.WhenAll(manifest.AsIndex().Manifests.Select(e => VerifyEntryAsync(e, depth, cancellationToken))).ConfigureAwait(false);
                return [.. children.SelectMany(p => p)];
            }
            if (!manifest.IsImage) return [];
            var blobs = await Task.WhenAll(manifest.AsImage().Blobs.DistinctBy(b => b.Digest).Select(b => VerifyBlobAsync(b, what, cancellationToken))).ConfigureAwait(false);
            return [.. blobs.OfType<Fault>()];
        }
        catch (ViaductException e) when (e.IsAboutContent())
        {
            return [Fault.Unusable($"{what} cannot be used: {e.Told()}", manifest.Digest)];
        }
    }

    private async Task<IReadOnlyList<Fault>> VerifyEntryAsync(Descriptor entry, int depth, CancellationToken cancellationToken)
    {
        var what = entry.Platform is null ? $"the entry {entry.Digest.Short}" : $"the image for {entry.Platform}";
        try
        {
            var child = await manifests.FindManifestAsync(entry.Digest.ToString(), cancellationToken).ConfigureAwait(false);
            if (child is null) return [Fault.Missing($"{what} ({entry.Digest}) is missing", entry.Digest)];
            if (child.Bytes.Length != entry.Size) return [Fault.Missing($"{what} has {child.Bytes.Length} bytes, and the list says {entry.Size}", entry.Digest)];
            return await VerifyAsync(child, what, depth + 1, cancellationToken).ConfigureAwait(false);
        }
        catch (ViaductException e) when (e.IsAboutContent())
        {
            return [Fault.Unusable($"{what} ({entry.Digest}) cannot be used: {e.Told()}", entry.Digest)];
        }
    }

    private async Task<Fault?> VerifyBlobAsync(Descriptor blob, string what, CancellationToken cancellationToken)
    {
        try
        {
            var size = await repository.HeadBlobAsync(blob.Digest, cancellationToken).ConfigureAwait(false);
            // The foreign layers of Windows bases are elsewhere, and a registry need not hold them.
            if (size is null) return blob.Urls.Count > 0 ? null : Fault.Missing($"blob {blob.Digest} of {what} is missing", blob.Digest);
            if (size != blob.Size) return Fault.Missing($"blob {blob.Digest} of {what} has {size} bytes instead of {blob.Size}", blob.Digest);
            if (!deep) return null;
            await using var content = await repository.OpenBlobAsync(blob, cancellationToken).ConfigureAwait(false);
            await content.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (ViaductException e) when (e.IsAboutContent())
        {
            return Fault.Unusable($"blob {blob.Digest} of {what} is damaged: {e.Told()}", blob.Digest);
        }
    }
}
