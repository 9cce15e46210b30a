using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Viaduct.Server;

/// <summary>Manifests compressed for who asks for it: then GET has another length than HEAD (oras-go repository.go; Harbor behind its nginx).</summary>
internal sealed class Compression : IRule
{
    public string Name => "compression";

    public async Task AnswerAsync(Exchange exchange, Step next)
    {
        var accepted = exchange.Http.Request.Headers.AcceptEncoding.ToString();
        if (exchange.Method != "GET" || exchange.Route.Kind != RouteKind.Manifest || !accepted.Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            await next(exchange).ConfigureAwait(false);
            return;
        }
        var features = exchange.Http.Features;
        var real = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var plain = new MemoryStream();
        var held = new StreamResponseBodyFeature(plain);
        features.Set<IHttpResponseBodyFeature>(held);
        try
        {
            await next(exchange).ConfigureAwait(false);
            await held.CompleteAsync().ConfigureAwait(false);
        }
        finally
        {
            features.Set(real);
        }
        if (plain.Length == 0) return;
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            await gzip.WriteAsync(plain.GetBuffer().AsMemory(0, (int)plain.Length), exchange.Aborted).ConfigureAwait(false);
        exchange.Header("Content-Encoding", "gzip");
        exchange.Header("Vary", "Accept-Encoding");
        exchange.Http.Response.ContentLength = packed.Length;
        await exchange.Http.Response.BodyWriter.WriteAsync(packed.GetBuffer().AsMemory(0, (int)packed.Length), exchange.Aborted).ConfigureAwait(false);
        exchange.Written += packed.Length - plain.Length;
    }
}
