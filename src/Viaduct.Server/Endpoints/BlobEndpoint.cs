using Microsoft.AspNetCore.Http;

namespace Viaduct.Server;

/// <summary><c>/v2/NAME/blobs/DIGEST</c>.</summary>
internal sealed class BlobEndpoint(BlobStore blobs)
{
    private const int Piece = 1 << 16;

    public Task AnswerAsync(Exchange exchange) => exchange.Method switch
    {
        "GET" or "HEAD" => SendAsync(exchange),
        "DELETE" => DeleteAsync(exchange),
        _ => throw RegistryFault.NotAllowed(exchange.Method),
    };

    private async Task SendAsync(Exchange exchange)
    {
        var repository = exchange.Repository;
        var digest = Exchange.ParseDigest(exchange.Route.Reference);
        var length = blobs.Length(repository, digest) ?? throw RegistryFault.UnknownBlob(digest);
        exchange.Content(digest);
        exchange.Header("Accept-Ranges", "bytes");
        if (exchange.IsNotModified(digest)) return;

        var request = exchange.Http.Request;
        var response = exchange.Http.Response;
        // If-Range with anything but our own tag asks for the whole (RFC 9110, 13.1.5).
        var range = HttpMethods.IsGet(exchange.Method) && (request.Headers.IfRange.Count == 0 || request.Headers.IfRange == $"\"{digest}\"") ? request.Headers.Range.ToString() : null;
        var wanted = ContentRange.Wanted(range, length, out var impossible);
        if (impossible)
        {
            exchange.Header("Content-Range", $"bytes */{length}");
            exchange.Empty(416);
            return;
        }
        response.ContentType = "application/octet-stream";
        response.StatusCode = wanted is null ? 200 : 206;
        if (wanted is { } part) exchange.Header("Content-Range", $"bytes {part.First}-{part.Last}/{length}");
        var (offset, count) = wanted is { } r ? (r.First, r.Length) : (0, length);
        response.ContentLength = count;
        if (exchange.IsHead || count == 0) return;

        using var file = blobs.Open(digest);
        while (count > 0)
        {
            var memory = response.BodyWriter.GetMemory((int)Math.Min(count, Piece));
            var read = RandomAccess.Read(file, memory.Span[..(int)Math.Min(count, memory.Length)], offset);
            if (read == 0) throw new EndOfStreamException("a blob of the pool is shorter than it was");
            await exchange.PieceAsync(read).ConfigureAwait(false);
            offset += read;
            count -= read;
        }
    }

    private async Task DeleteAsync(Exchange exchange)
    {
        var repository = exchange.Repository;
        var digest = Exchange.ParseDigest(exchange.Route.Reference);
        if (!await blobs.UnlinkAsync(repository, digest).ConfigureAwait(false)) throw RegistryFault.UnknownBlob(digest);
        exchange.Empty(202);
    }
}
