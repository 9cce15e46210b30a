namespace Viaduct.Oci;

public static class ContentSourceExtensions
{
    /// <summary>Image configs in the field stay below a few hundred KiB; four MiB is what the peers read at most.</summary>
    public const int MaxConfigSize = 4 << 20;

    /// <exception cref="ViaductException">VIA1011 when the config is larger than <see cref="MaxConfigSize"/> or cannot be read; VIA1012 when its digest differs.</exception>
    public static async Task<ImageConfig> ReadConfigAsync(this IContentSource source, Descriptor config, CancellationToken cancellationToken) =>
        ImageConfig.Parse(await source.ReadSmallBlobAsync(config, MaxConfigSize, cancellationToken).ConfigureAwait(false));

    /// <summary>Reads a whole blob into memory, at most <paramref name="limit"/> bytes.</summary>
    public static async Task<byte[]> ReadSmallBlobAsync(this IContentSource source, Descriptor blob, int limit, CancellationToken cancellationToken)
    {
        if (blob.Size > limit || blob.Size < 0)
            throw OciErrors.BadConfig($"{blob.Digest} says it has {blob.Size} bytes, more than the {limit} that are read");
        await using var stream = await source.OpenBlobAsync(blob, cancellationToken).ConfigureAwait(false);
        using var buffer = new MemoryStream((int)blob.Size);
        await stream.CopyToAsync(buffer, cancellationToken).ConfigureAwait(false);
        return buffer.ToArray();
    }

    /// <summary>A blob of this source, to be read or pushed elsewhere; nothing is fetched before it is opened.</summary>
    public static Blob AsBlob(this IContentSource source, Descriptor blob) =>
        new(blob, async cancellationToken => await source.OpenBlobAsync(blob, cancellationToken).ConfigureAwait(false)) { IsChecked = true };
}
