using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Viaduct.Build;
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
        var pattern = new Regex(Open("image.schema.json").GetProperty("$defs").GetProperty("builder").GetProperty("pattern").GetString()!, RegexOptions.ECMAScript);
        foreach (var word in (string[])[.. BuilderName.Words, "docker:a.b", "docker:", "docker:-x", "buildx:farm-1", "ssh://me@host", "unix:///run/docker.sock", "tcp://", "http://a", "podman", "", "Auto", "docker:a b"])
            Assert.True(pattern.IsMatch(word) == BuilderName.TryParse(word) is not null, word);
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
    [InlineData("builder", "{linux/arm64: ssh://arm, default: embedded}")]
    [InlineData("cache-from", "[a, b]")]
    [InlineData("cache-to", "type=local,dest=x")]
    [InlineData("secrets", "['id=a,src=b']")]
    [InlineData("ssh", "default")]
    [InlineData("attestations", "[provenance, sbom]")]
    [InlineData("attestations", "none")]
    [InlineData("provenance", "max")]
    [InlineData("sbom", "true")]
    [InlineData("classic", "false")]
    [InlineData("network", "none")]
    [InlineData("layers", "zstd")]
    [InlineData("media-types", "docker")]
    [InlineData("args", "{A: b, C: 1, D: true, E: }")]
    [InlineData("labels", "{A: b}")]
    public void The_parser_takes_every_kind_of_value_that_the_schema_allows(string key, string value)
    {
        var allowed = AllowedKinds(Open("image.schema.json").GetProperty("properties").GetProperty(key));
        Assert.Contains(value[0] switch { '[' => "array", '{' => "object", _ => "string" }, allowed);

        ImageSettings.Read(YamlFile.Parse($"{key}: {value}\n", "image.yaml").Only(ImageSettings.ImageKeys));
    }

    [Fact]
    public void The_schema_of_signing_has_the_parsers_keys() =>
        Assert.Equal(Viaduct.Signing.SignReader.Keys.Order(), Keys("viaduct.schema.json", "$defs", "signing"));

    [Fact]
    public void The_schema_of_a_step_of_prepare_has_the_parsers_keys() =>
        Assert.Equal(Viaduct.Preparation.PrepareReader.StepKeys.Order(), Keys("image.schema.json", "properties", "prepare", "items"));

    private static string[] AllowedKinds(JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference) ? AllowedKinds(Open("image.schema.json").GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]))
        : schema.TryGetProperty("anyOf", out var ways) ? [.. ways.EnumerateArray().SelectMany(AllowedKinds)]
        : !schema.TryGetProperty("type", out var type) ? ["string"]
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString()!)] : [type.GetString()!];

    private static IEnumerable<string> Keys(string file, params string[] path) =>
        path.Aggregate(Open(file), (element, step) => element.GetProperty(step)).GetProperty("properties").EnumerateObject().Select(p => p.Name).Order();

    private static JsonElement Open(string file) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs", "schema", file))).RootElement;
}
