namespace Viaduct.Server;

/// <summary>Artifact Registry's uploads live at <c>/artifacts-uploads/namespaces/PROJECT/repositories/REST/uploads/ID</c> (containers/image docker_client.go; sdk-container-builds#287).</summary>
internal sealed class UploadsElsewhere : IRule
{
    private const string Root = "/artifacts-uploads/namespaces/";
    private const string Below = "/repositories/";
    private const string Uploads = "/uploads/";

    public string Name => "uploads-elsewhere";

    public async Task AnswerAsync(Exchange exchange, Step next)
    {
        if (exchange.Path() is var path && path.StartsWith(Root, StringComparison.Ordinal)) exchange.Route = Read(path[Root.Length..]);
        await next(exchange).ConfigureAwait(false);
        const string usual = "/blobs/uploads/";
        if (exchange.Http.Response.Headers.Location.ToString() is { Length: > 0 } location && location.LastIndexOf(usual, StringComparison.Ordinal) is > 0 and var place)
            exchange.Header("Location", Write(location["/v2/".Length..place], location[(place + usual.Length)..]));
    }

    private static string Write(string repository, string id)
    {
        var parts = repository.Split('/', 2);
        return $"{Root}{parts[0]}{(parts.Length == 2 ? Below + parts[1] : "")}{Uploads}{id}";
    }

    private static Route Read(string text)
    {
        if (text.LastIndexOf(Uploads, StringComparison.Ordinal) is not (> 0 and var end)) return default;
        var name = text[..end];
        if (name.IndexOf('/') is > 0 and var slash)
        {
            if (!name.AsSpan(slash).StartsWith(Below, StringComparison.Ordinal)) return default;
            name = $"{name[..slash]}/{name[(slash + Below.Length)..]}";
        }
        return new Route(RouteKind.Upload, name, text[(end + Uploads.Length)..]);
    }
}
