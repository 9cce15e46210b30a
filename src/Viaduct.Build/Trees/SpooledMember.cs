using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>A file of an archive, unpacked to the spool with all others of it.</summary>
internal sealed class SpooledMember(Func<Blob> spooled, long offset, long size) : FileContent
{
    public override async ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) =>
        new SliceStream(await spooled().OpenAsync(cancellationToken).ConfigureAwait(false), offset, size);
}
