using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>Verified content of mirrors: the one that gave other bytes is named, and passed over for a while.</summary>
/// <param name="verified">Above <paramref name="content"/>.</param>
internal sealed class BlamingStream(VerifyingStream verified, MirroredBlob content, string registry, Action<Mirror, ViaductException> note) : ReadOnlyStream
{
    public override long Length => verified.Length;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await verified.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (ViaductException e) when (e.Kind == FailureKind.Mismatch && content.Gave.Count > 0)
        {
            foreach (var mirror in content.Gave) note(mirror, e);
            throw MirrorErrors.Blame(e, content.Gave.Select(m => $"the mirror {m.Host}"), registry);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await verified.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) verified.Dispose();
        base.Dispose(disposing);
    }
}
