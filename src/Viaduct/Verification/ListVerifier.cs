using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Verification;

/// <summary>Reads a list back as a stranger would and holds everything it names to what the registry has.</summary>
internal sealed class ListVerifier(RepositoryClient repository, bool deep)
{
    /// <summary>Looks at the list under a tag: its digest, every child's manifest, and every blob's existence and size.</summary>
    /// <returns>One sentence for each thing that is wrong; empty when all is right.</returns>
    public async Task<IReadOnlyList<string>> VerifyAsync(Reference name, Digest expected, CancellationToken cancellationToken)
    {
        var list = await repository.FindManifestAsync(name.Tag!, cancellationToken).ConfigureAwait(false);
        if (list is null) return [$"{name} is not there"];
        if (list.Digest != expected) return [$"{name} points at {list.Digest}, and {expected} was pushed"];
        var problems = await Task.WhenAll(list.AsIndex(name.ToString()).Manifests.Select(c => VerifyChildAsync(c, cancellationToken))).ConfigureAwait(false);
        return [.. problems.SelectMany(p => p)];
    }

    private async Task<IReadOnlyList<string>> VerifyChildAsync(Descriptor entry, CancellationToken cancellationToken)
    {
        var child = await repository.FindManifestAsync(entry.Digest.ToString(), cancellationToken).ConfigureAwait(false);
        if (child is null) return [$"the image for {entry.Platform} ({entry.Digest}) is missing"];
        if (child.Bytes.Length != entry.Size) return [$"the image for {entry.Platform} has {child.Bytes.Length} bytes, and the list says {entry.Size}"];
        var problems = await Task.WhenAll(child.AsImage().Blobs.DistinctBy(b => b.Digest).Select(b => VerifyBlobAsync(b, entry, cancellationToken))).ConfigureAwait(false);
        return [.. problems.OfType<string>()];
    }

    private async Task<string?> VerifyBlobAsync(Descriptor blob, Descriptor entry, CancellationToken cancellationToken)
    {
        var size = await repository.HeadBlobAsync(blob.Digest, cancellationToken).ConfigureAwait(false);
        if (size is null) return $"blob {blob.Digest} of the image for {entry.Platform} is missing";
        if (size != blob.Size) return $"blob {blob.Digest} of the image for {entry.Platform} has {size} bytes instead of {blob.Size}";
        if (!deep) return null;
        try
        {
            await using var content = await repository.OpenBlobAsync(blob, cancellationToken).ConfigureAwait(false);
            await content.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (ViaductException e) when (e.Exit == ExitCode.VerificationFailed)
        {
            return $"blob {blob.Digest} of the image for {entry.Platform} is damaged: {e.Message}";
        }
    }
}
