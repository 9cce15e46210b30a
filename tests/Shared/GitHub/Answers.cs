using System.Text.Json.Nodes;
using System.Web;

namespace Viaduct.GitHubStandIn;

/// <summary>What GitHub does with each request of a release (docs.github.com, REST API).</summary>
internal sealed class Answers(Published state, string api, string storage)
{
    internal sealed record Answer(int Status, JsonNode? Json = null, byte[]? Bytes = null, string? Location = null, string? Link = null);

    public int PageSize { get; set; } = 100;

    public string? UploadHost { get; set; }

    public Answer Of(Recorded request)
    {
        if (request.Authorization != $"Token {StandIn.Token}") return new(401, Message("Bad credentials"));
        var uri = new Uri(new Uri("http://x"), request.PathAndQuery);
        if (uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries) is not ["repos", "owner", "name", .. var path]) return new(404, Message("Not Found"));
        var query = HttpUtility.ParseQueryString(uri.Query);
        var body = request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) == true && request.Body.Length > 0 && !path.Contains("assets") ? JsonNode.Parse(request.Body)!.AsObject() : [];
        return (request.Method, path) switch
        {
            ("GET", ["releases"]) => Page(state.Releases, query, uri),
            ("POST", ["releases"]) => Add(state.Releases, Release(body)),
            ("PATCH", ["releases", var id]) => Change(state.Releases, id, body),
            ("GET", ["releases", "assets", var id]) => new(302, Location: $"{storage}/{id}?right=once"),
            ("DELETE", ["releases", "assets", var id]) => Delete(long.Parse(id)),
            ("GET", ["releases", var id, "assets"]) => Page([.. state.AssetsOf(Found(state.Releases, id)).Select(a => a!.AsObject())], query, uri),
            ("POST", ["releases", var id, "assets"]) => Upload(Found(state.Releases, id), query["name"]!, request),
            ("GET", ["commits", _, "statuses"]) => Page([.. state.Statuses.AsEnumerable().Reverse()], query, uri),
            ("POST", ["statuses", _]) => Add(state.Statuses, body),
            ("GET", ["issues", _, "comments"]) => Page(state.Comments, query, uri),
            ("POST", ["issues", _, "comments"]) => Add(state.Comments, body),
            ("PATCH", ["issues", "comments", var id]) => Change(state.Comments, id, body),
            ("GET", ["issues"]) => Page([.. state.Issues.Where(i => (string?)i["state"] == query["state"])], query, uri),
            ("POST", ["issues"]) => Add(state.Issues, Issue(body)),
            ("PATCH", ["issues", var number]) => Change(state.Issues, number, body, "number"),
            _ => new(404, Message("Not Found")),
        };
    }

    public Answer File(Recorded request) =>
        request.Authorization is not null ? new(400, Message("Only one auth mechanism allowed"))
        : new(200, Bytes: state.Files[long.Parse(new Uri(new Uri("http://x"), request.PathAndQuery).AbsolutePath.Trim('/'))]);

    private static JsonObject Message(string text) => new() { ["message"] = text };

    private static JsonObject Found(List<JsonObject> all, string id, string by = "id") => all.First(o => (long)o[by]! == long.Parse(id));

    private Answer Page(IReadOnlyList<JsonObject> all, System.Collections.Specialized.NameValueCollection query, Uri uri)
    {
        var page = int.Parse(query["page"] ?? "1");
        var next = page * PageSize < all.Count ? $"<{api}{uri.AbsolutePath}?page={page + 1}{(query["state"] is { } s ? $"&state={s}" : "")}>; rel=\"next\"" : null;
        return new(200, new JsonArray([.. all.Skip((page - 1) * PageSize).Take(PageSize).Select(o => o.DeepClone())]), Link: next);
    }

    private Answer Add(List<JsonObject> all, JsonObject made)
    {
        if (!made.ContainsKey("id")) made["id"] = state.Next();
        all.Add(made);
        return new(201, made.DeepClone());
    }

    private static Answer Change(List<JsonObject> all, string id, JsonObject body, string by = "id")
    {
        var found = Found(all, id, by);
        foreach (var (name, value) in body) found[name] = value?.DeepClone();
        return new(200, found.DeepClone());
    }

    private JsonObject Release(JsonObject body)
    {
        var id = state.Next();
        return new()
        {
            ["id"] = id, ["tag_name"] = (string?)body["tag_name"], ["name"] = (string?)body["name"], ["body"] = (string?)body["body"], ["target_commitish"] = (string?)body["target_commitish"],
            ["draft"] = (bool)body["draft"]!, ["prerelease"] = (bool)body["prerelease"]!, ["assets"] = new JsonArray(), ["html_url"] = $"https://github.example/owner/name/releases/{body["tag_name"]}",
            ["upload_url"] = $"{UploadHost ?? api}/repos/owner/name/releases/{id}/assets{{?name,label}}", ["created_at"] = "2026-01-01T00:00:00Z",
        };
    }

    private JsonObject Issue(JsonObject body) => new()
    {
        ["id"] = state.Next(), ["number"] = state.Next(), ["state"] = "open", ["title"] = (string?)body["title"], ["body"] = (string?)body["body"], ["created_at"] = "2026-01-01T00:00:00Z",
    };

    private Answer Upload(JsonObject release, string name, Recorded request)
    {
        var assets = state.AssetsOf(release);
        if (assets.Any(a => (string?)a!["name"] == name))
            return new(422, new JsonObject { ["message"] = "Validation Failed", ["errors"] = new JsonArray(new JsonObject { ["resource"] = "ReleaseAsset", ["code"] = "already_exists", ["field"] = "name" }) });
        var id = state.Next();
        state.Files[id] = request.Body;
        assets.Add(new JsonObject
        {
            ["id"] = id, ["name"] = name, ["state"] = "uploaded", ["content_type"] = request.ContentType, ["size"] = request.Body.Length,
            ["url"] = $"{api}/repos/owner/name/releases/assets/{id}", ["created_at"] = "2026-01-01T00:00:00Z", ["updated_at"] = "2026-01-01T00:00:00Z",
        });
        return new(201, assets[^1]!.DeepClone());
    }

    private Answer Delete(long id)
    {
        foreach (var assets in state.Releases.Select(state.AssetsOf))
            if (assets.FirstOrDefault(a => Published.Id(a!) == id) is { } asset)
            {
                assets.Remove(asset);
                return new(204);
            }
        return new(404, Message("Not Found"));
    }
}
