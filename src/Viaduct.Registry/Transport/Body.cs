using System.Text;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>What a request carries. The length is always known, so nothing is ever sent chunked.</summary>
internal sealed record Body(string MediaType, long Length, Func<CancellationToken, ValueTask<Stream>> OpenAsync)
{
    public static readonly Body Empty = Of(Blob.FromBytes("", default), "application/octet-stream");

    /// <summary>Content-Range of a part of an upload: <c>0-99</c>, without the unit that HTTP has there (distribution-spec, "Pushing a blob in chunks"); null for a whole.</summary>
    public string? Range { get; init; }

    public static Body Of(Blob blob) => new("application/octet-stream", blob.Descriptor.Size,
        async token => VerifyingStream.ForReceiver(await blob.OpenAsync(token).ConfigureAwait(false)));

    public static Body Of(RawManifest manifest) => Of(Blob.FromBytes(manifest.MediaType, manifest.Bytes), manifest.MediaType);

    public static Body Form(string text) => Of(Blob.FromBytes("", Encoding.UTF8.GetBytes(text)), "application/x-www-form-urlencoded");

    private static Body Of(Blob blob, string mediaType) => new(mediaType, blob.Descriptor.Size, blob.OpenAsync);
}
