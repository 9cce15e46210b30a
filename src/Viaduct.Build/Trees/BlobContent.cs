using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>A file that was fetched.</summary>
internal sealed class BlobContent(Blob blob) : FileContent
{
    public override ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) => blob.OpenAsync(cancellationToken);
}
