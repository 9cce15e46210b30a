namespace Viaduct.Oci.Layouts;

internal static class BoundedReading
{
    /// <summary>Reads to the end, whatever the stream says of its length, and not one byte past the limit.</summary>
    public static async Task<byte[]> AllAsync(Stream stream, int limit, Func<Exception> tooLarge, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[Math.Min(limit + 1, 1 << 16)];
        while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            if (bytes.Length + count > limit) throw tooLarge();
            bytes.Write(buffer, 0, count);
        }
        return bytes.ToArray();
    }
}
