namespace Viaduct.Server;

/// <summary>
/// Google's registries take no uploads in chunks (sdk-container-builds#287): neither a piece that says where it belongs nor a second one. One PATCH
/// that streams the whole blob passes, as docker and crane send it; that it fails "in places" (kitops#777) cannot be played.
/// </summary>
internal sealed class OnePiece : IRule
{
    private readonly UploadNotes _notes = new();

    public string Name => "no-chunks";

    public async Task AnswerAsync(Exchange exchange, Step next)
    {
        if (exchange.IsPatch() && (exchange.Http.Request.Headers.ContentRange.Count > 0 || _notes.Find(exchange).Length > 0))
            throw this.Refuse(exchange, 400, "BLOB_UPLOAD_INVALID", "uploads in chunks are not supported");
        await next(exchange).ConfigureAwait(false);
        if (exchange.IsPatch() && exchange.Http.Response.StatusCode == 202) _notes.Write(exchange);
        else if (exchange.IsPut(RouteKind.Upload)) _notes.Forget(exchange);
    }
}
