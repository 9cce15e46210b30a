using System.Runtime.CompilerServices;
using System.Text.Json;
using Viaduct.Configuration;
using Viaduct.Yaml;

namespace Viaduct.Tests;

/// <summary>The schema files that editors use say what the parser says.</summary>
public sealed class SchemaTests
{
    [Fact]
    public void The_schema_of_viaduct_yaml_has_the_parsers_keys()
    {
        Assert.Equal(ImageSetReader.SetKeys.Order(), Keys("viaduct.schema.json"));
        Assert.Equal(ImageSettings.DefaultKeys.Order(), Keys("viaduct.schema.json", "properties", "defaults"));
    }

    [Fact]
    public void The_schema_of_image_yaml_has_the_parsers_keys_and_builders()
    {
        Assert.Equal(ImageSettings.ImageKeys.Order(), Keys("image.schema.json"));
        Assert.Equal(ImageSettings.Builders, Open("image.schema.json").GetProperty("properties").GetProperty("builder").GetProperty("enum").EnumerateArray().Select(e => e.GetString()!));
    }

    [Theory]
    [InlineData("name", "a")]
    [InlineData("base", "a")]
    [InlineData("dockerfile", "a")]
    [InlineData("context", "a")]
    [InlineData("target", "a")]
    [InlineData("platforms", "[linux/amd64]")]
    [InlineData("platforms", "linux/amd64")]
    [InlineData("tags", "[a]")]
    [InlineData("tags", "a")]
    [InlineData("child", "$(NAME)-$(ARCH):$(TAG)")]
    [InlineData("child", "['$(NAME)-$(ARCH):$(TAG)']")]
    [InlineData("builder", "auto")]
    [InlineData("args", "{A: b, C: 1, D: true, E: }")]
    [InlineData("labels", "{A: b}")]
    public void The_parser_takes_every_kind_of_value_that_the_schema_allows(string key, string value)
    {
        var allowed = AllowedKinds(Open("image.schema.json").GetProperty("properties").GetProperty(key));
        Assert.Contains(value[0] switch { '[' => "array", '{' => "object", _ => "string" }, allowed);

        ImageSettings.Read(YamlFile.Parse($"{key}: {value}\n", "image.yaml").Only(ImageSettings.ImageKeys));
    }

    private static string[] AllowedKinds(JsonElement schema) =>
        !schema.TryGetProperty("type", out var type) ? ["string"]
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString()!)] : [type.GetString()!];

    private static IEnumerable<string> Keys(string file, params string[] path) =>
        path.Aggregate(Open(file), (element, step) => element.GetProperty(step)).GetProperty("properties").EnumerateObject().Select(p => p.Name).Order();

    private static JsonElement Open(string file) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs", "schema", file))).RootElement;
}
