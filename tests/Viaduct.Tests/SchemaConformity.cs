using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Viaduct.Tests;

/// <summary>Holds JSON that was written to a schema in <c>docs/schema</c>: names at every depth, what must not be missing, types, patterns, words and constants.</summary>
internal static class SchemaConformity
{
    public static JsonElement Schema(string file) => Read(File.ReadAllBytes(Path.Combine(Folder(), file)));

    public static JsonElement Read(byte[] json) => JsonDocument.Parse(json).RootElement;

    /// <summary>Of a choice, the shape whose constants fit.</summary>
    public static void Conforms(JsonElement root, JsonElement schema, JsonElement value)
    {
        if (schema.TryGetProperty("$ref", out var reference)) schema = root.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]);
        if (schema.TryGetProperty("oneOf", out var choices)) schema = choices.EnumerateArray().Single(c => Fits(c, value));
        if (schema.TryGetProperty("const", out var constant)) Assert.Equal(constant.ToString(), value.ToString());
        if (schema.TryGetProperty("enum", out var words)) Assert.Contains(value.GetString(), words.EnumerateArray().Select(w => w.GetString()));
        if (schema.TryGetProperty("type", out var type)) Assert.Contains(value.ValueKind, Kinds(type.GetString()!));
        if (schema.TryGetProperty("pattern", out var pattern)) Assert.Matches(new Regex(pattern.GetString()!), value.GetString());
        if (value.ValueKind == JsonValueKind.Array)
            foreach (var item in value.EnumerateArray()) Conforms(root, schema.GetProperty("items"), item);
        // A schema without properties leaves open what is inside.
        if (value.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out var properties)) return;
        var names = value.EnumerateObject().Select(m => m.Name).ToHashSet();
        Assert.Empty(names.Except(properties.EnumerateObject().Select(p => p.Name)));
        Assert.Empty(schema.GetProperty("required").EnumerateArray().Select(r => r.GetString()!).Except(names));
        foreach (var member in value.EnumerateObject()) Conforms(root, properties.GetProperty(member.Name), member.Value);
    }

    private static JsonValueKind[] Kinds(string type) => type switch
    {
        "object" => [JsonValueKind.Object],
        "array" => [JsonValueKind.Array],
        "string" => [JsonValueKind.String],
        "integer" => [JsonValueKind.Number],
        "boolean" => [JsonValueKind.True, JsonValueKind.False],
        _ => throw new NotSupportedException(type),
    };

    private static bool Fits(JsonElement schema, JsonElement value) => schema.GetProperty("properties").EnumerateObject()
        .Where(p => p.Value.TryGetProperty("const", out _))
        .All(p => value.GetProperty(p.Name).ToString() == p.Value.GetProperty("const").ToString());

    private static string Folder([CallerFilePath] string here = "") => Path.GetFullPath("../../../docs/schema", here);
}
