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

    /// <returns>One sentence for each thing that is wrong; empty when all is right.</returns>
    public Task<IReadOnlyList<string>> VerifyAsync(RawManifest manifest, CancellationToken cancellationToken) =>
        VerifyAsync(manifest, manifest.IsIndex ? "the list" : "the image", 0, cancellationToken);

    private async Task<IReadOnlyList<string>> VerifyAsync(RawManifest manifest, string what, int depth, CancellationToken cancellationToken)
    {
        if (depth > MaxDepth) return [$"{what} is a list too deep within lists"];
        try
        {
            if (manifest.IsIndex)
            {
                var children = await Task.WhenAll(manifest.AsIndex().Manifests.Select(e => VerifyEntryAsync(e, depth, cancellationToken))).ConfigureAwait(false);
                return [.. children.SelectMany(p => p)];
            }
            if (!manifest.IsImage) return [];
            var blobs = await Task.WhenAll(manifest.AsImage().Blobs.DistinctBy(b => b.Digest).Select(b => VerifyBlobAsync(b, what, cancellationToken))).ConfigureAwait(false);
            return [.. blobs.OfType<string>()];
        }
        catch (ViaductException e) when (e.IsAboutContent())
        {
            return [$"{what} cannot be used: {e.Told()}"];
        }
    }

    private async Task<IReadOnlyList<string>> VerifyEntryAsync(Descriptor entry, int depth, CancellationToken cancellationToken)
    {
        var what = entry.Platform is null ? $"the entry {entry.Digest.Short}" : $"the image for {entry.Platform}";
        try
        {
            var child = await manifests.FindManifestAsync(entry.Digest.ToString(), cancellationToken).ConfigureAwait(false);
            if (child is null) return [$"{what} ({entry.Digest}) is missing"];
            if (child.Bytes.Length != entry.Size) return [$"{what} has {child.Bytes.Length} bytes, and the list says {entry.Size}"];
            return await VerifyAsync(child, what, depth + 1, cancellationToken).ConfigureAwait(false);
        }
        catch (ViaductException e) when (e.IsAboutContent())
        {
            return [$"{what} ({entry.Digest}) cannot be used: {e.Told()}"];
        }
    }

    private async Task<string?> VerifyBlobAsync(Descriptor blob, string what, CancellationToken cancellationToken)
    {
        try
        {
            var size = await repository.HeadBlobAsync(blob.Digest, cancellationToken).ConfigureAwait(false);
            // The foreign layers of Windows bases are elsewhere, and a registry need not hold them.
            if (size is null) return blob.Urls.Count > 0 ? null : $"blob {blob.Digest} of {what} is missing";
            if (size != blob.Size) return $"blob {blob.Digest} of {what} has {size} bytes instead of {blob.Size}";
            if (!deep) return null;
            await using var content = await repository.OpenBlobAsync(blob, cancellationToken).ConfigureAwait(false);
            await content.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (ViaductException e) when (e.IsAboutContent())
        {
            return $"blob {blob.Digest} of {what} is damaged: {e.Told()}";
        }
    }
}
