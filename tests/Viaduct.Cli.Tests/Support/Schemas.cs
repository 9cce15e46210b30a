using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Viaduct.Cli.Tests;

/// <summary>Holds JSON that was printed to a schema in <c>docs/schema</c>: names at every depth, and what must not be missing.</summary>
internal static class Schemas
{
    public static void Conforms(string file, JsonElement value, [CallerFilePath] string here = "")
    {
        var root = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", "schema", file))).RootElement;
        Assert.Equal(root.GetProperty("properties").GetProperty("version").GetProperty("const").GetInt32(), value.GetProperty("version").GetInt32());
        Conforms(root, root, value);
    }

    private static void Conforms(JsonElement root, JsonElement schema, JsonElement value)
    {
        if (schema.TryGetProperty("$ref", out var reference)) schema = root.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]);
        if (schema.TryGetProperty("enum", out var words)) Assert.Contains(value.GetString(), words.EnumerateArray().Select(w => w.GetString()));
        if (value.ValueKind == JsonValueKind.Array)
            foreach (var item in value.EnumerateArray()) Conforms(root, schema.GetProperty("items"), item);
        if (value.ValueKind != JsonValueKind.Object) return;
        var properties = schema.GetProperty("properties");
        var names = value.EnumerateObject().Select(m => m.Name).ToHashSet();
        Assert.Empty(names.Except(properties.EnumerateObject().Select(p => p.Name)));
        Assert.Empty(schema.GetProperty("required").EnumerateArray().Select(r => r.GetString()!).Except(names));
        foreach (var member in value.EnumerateObject()) Conforms(root, properties.GetProperty(member.Name), member.Value);
    }
}
