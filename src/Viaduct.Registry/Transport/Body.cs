using System.Text;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>What a request carries. The length is always known, so nothing is ever sent chunked.</summary>
internal sealed record Body(string MediaType, long Length, Func<CancellationToken, ValueTask<Stream>> OpenAsync)
{
    public static Body Of(Blob blob) => new("application/octet-stream", blob.Descriptor.Size, blob.OpenAsync);

    public static Body Of(RawManifest manifest) => Of(Blob.FromBytes(manifest.MediaType, manifest.Bytes), manifest.MediaType);

    public static Body Form(string text) => Of(Blob.FromBytes("", Encoding.UTF8.GetBytes(text)), "application/x-www-form-urlencoded");

    private static Body Of(Blob blob, string mediaType) => new(mediaType, blob.Descriptor.Size, blob.OpenAsync);
}
