using System.Text;
using System.Text.Json.Nodes;

namespace Viaduct.GitHubStandIn;

/// <summary>What stands at GitHub: objects as its API answers them.</summary>
internal sealed class Published
{
    private long _number = 100;

    public List<JsonObject> Releases { get; } = [];

    /// <summary>By the id of the asset.</summary>
    public Dictionary<long, byte[]> Files { get; } = [];

    public List<JsonObject> Statuses { get; } = [];

    public List<JsonObject> Comments { get; } = [];

    public List<JsonObject> Issues { get; } = [];

    public long Next() => ++_number;

    public static long Id(JsonNode node) => (long)node["id"]!;

    public JsonArray AssetsOf(JsonObject release) => release["assets"]!.AsArray();

    /// <summary>All that people see, without the numbers that GitHub gives.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var release in Releases)
        {
            text.Append($"release {release["tag_name"]} draft={release["draft"]} prerelease={release["prerelease"]} of {release["target_commitish"]}\n{release["body"]}\n");
            foreach (var asset in AssetsOf(release).OrderBy(a => (string)a!["name"]!, StringComparer.Ordinal))
                text.Append($"asset {asset!["name"]} {asset["state"]} {asset["content_type"]} {Encoding.UTF8.GetString(Files[Id(asset)])}\n");
        }
        foreach (var status in Statuses) text.Append($"status {status["context"]} {status["state"]} {status["description"]} {status["target_url"]}\n");
        foreach (var comment in Comments) text.Append($"comment {comment["body"]}\n");
        foreach (var issue in Issues) text.Append($"issue {issue["state"]} {issue["title"]} {issue["body"]}\n");
        return text.ToString();
    }
}
