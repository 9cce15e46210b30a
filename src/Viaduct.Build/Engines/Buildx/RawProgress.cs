using System.Text.Json;

namespace Viaduct.Build.Engines;

/// <summary>Reads <c>--progress=rawjson</c>: a line is a SolveStatus of BuildKit (client/graph.go) or the client's own words.</summary>
internal static class RawProgress
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16 };

    public static void Read(string line, BuildLog log)
    {
        if (!line.StartsWith('{'))
        {
            log.Other(line);
            return;
        }
        // Damaged, it would be shown as base64, in which no value is found.
        if (Parse(line) is { } document)
            using (document) Tell(document.RootElement, log);
    }

    private static void Tell(JsonElement status, BuildLog log)
    {
        foreach (var vertex in Items(status, "vertexes"))
            if (Text(vertex, "digest") is { } id)
            {
                var error = Text(vertex, "error") ?? "";
                var cached = vertex.TryGetProperty("cached", out var told) && told.ValueKind == JsonValueKind.True;
                // A vertex is announced before it begins, and some never do.
                if ((cached || error.Length > 0 || vertex.TryGetProperty("started", out _)) && Text(vertex, "name") is { } name) log.Begin(id, name, cached);
                if (error.Length > 0) log.Fail(id, error);
            }
        foreach (var entry in Items(status, "logs"))
            if (Text(entry, "vertex") is { } id && entry.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.String && data.TryGetBytesFromBase64(out var bytes))
                log.Say(id, bytes);
    }

    private static JsonDocument? Parse(string line)
    {
        try
        {
            return JsonDocument.Parse(line, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object) : [];

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
