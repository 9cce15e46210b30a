using System.Text.Json;

namespace Viaduct.Tests;

/// <summary>Holds JSON that was written to a schema in <c>docs/schema</c>.</summary>
internal static class SchemaConformity
{
    public static JsonElement Schema(string file) => Read(File.ReadAllBytes(Path.Combine(Repository.Root, "docs", "schema", file)));

    public static JsonElement Read(byte[] json) => JsonDocument.Parse(json).RootElement;

    /// <summary>Names at every depth, and what must not be missing; of a choice, the shape whose constants fit.</summary>
    public static void Conforms(JsonElement root, JsonElement schema, JsonElement value)
    {
        if (schema.TryGetProperty("$ref", out var reference)) schema = root.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]);
        if (schema.TryGetProperty("oneOf", out var choices)) schema = choices.EnumerateArray().Single(c => Fits(c, value));
        if (value.ValueKind == JsonValueKind.Array)
            foreach (var item in value.EnumerateArray()) Conforms(root, schema.GetProperty("items"), item);
        if (value.ValueKind != JsonValueKind.Object) return;
        var properties = schema.GetProperty("properties");
        var names = value.EnumerateObject().Select(m => m.Name).ToHashSet();
        Assert.Empty(names.Except(properties.EnumerateObject().Select(p => p.Name)));
        Assert.Empty(schema.GetProperty("required").EnumerateArray().Select(r => r.GetString()!).Except(names));
        foreach (var member in value.EnumerateObject()) Conforms(root, properties.GetProperty(member.Name), member.Value);
    }

    private static bool Fits(JsonElement schema, JsonElement value) => schema.GetProperty("properties").EnumerateObject()
        .Where(p => p.Value.TryGetProperty("const", out _))
        .All(p => value.GetProperty(p.Name).ToString() == p.Value.GetProperty("const").ToString());
}
