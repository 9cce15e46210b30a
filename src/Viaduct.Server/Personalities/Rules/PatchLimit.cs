using System.Globalization;

namespace Viaduct.Server;

/// <summary>
/// ghcr.io takes no chunk above 4 MiB (ocx#237, rust-oci-client#35). It is the announced length that is refused: what docker streams
/// with <c>Transfer-Encoding: chunked</c>, whole layers, it takes.
/// </summary>
internal sealed class PatchLimit(long most) : IRule
{
    public string Name => "chunk-limit";

    public Task AnswerAsync(Exchange exchange, Step next) => exchange.IsPatch() && Announced(exchange) > most
        ? throw this.Refuse(exchange, 416, "BLOB_UPLOAD_INVALID", string.Create(CultureInfo.InvariantCulture, $"request body is too large; a chunk has at most {most} bytes"))
        : next(exchange);

    private static long Announced(Exchange exchange) =>
        exchange.Http.Request.ContentLength ?? (ContentRange.TryParseChunk(exchange.Http.Request.Headers.ContentRange.ToString(), out var chunk) ? chunk.Length : 0);
}
