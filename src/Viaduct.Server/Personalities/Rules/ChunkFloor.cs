namespace Viaduct.Server;

/// <summary>
/// ECR takes chunks of at least 5 MiB except the last, as S3 does with the parts of an upload; its answer to a PATCH is 201 with the <c>Range</c> of
/// before (dotnet/sdk AmazonECRMessageHandler; regclient blob.go; containers-roadmap#1229).
/// </summary>
internal sealed class ChunkFloor(long least) : IRule
{
    private readonly UploadNotes _notes = new();

    public string Name => "chunk-floor";

    public async Task AnswerAsync(Exchange exchange, Step next)
    {
        if (exchange.Route.Kind != RouteKind.Upload || exchange.Method is not ("PATCH" or "PUT"))
        {
            await next(exchange).ConfigureAwait(false);
            return;
        }
        // Only what follows says that a piece was not the last.
        var before = _notes.Find(exchange);
        if (before.Length > 0 && before.Piece < least && exchange.HasBody())
            throw this.Refuse(exchange, 400, "SIZE_INVALID", $"layer parts have at least {least} bytes, except the last, and one had {before.Piece}");
        await next(exchange).ConfigureAwait(false);
        if (exchange.Method == "PUT") _notes.Forget(exchange);
        if (exchange.Method != "PATCH" || exchange.Http.Response.StatusCode != 202) return;
        _notes.Write(exchange);
        exchange.Http.Response.StatusCode = 201;
        exchange.Header("Range", $"0-{Math.Max(0, before.Length - 1)}");
    }
}
