using System.Runtime.CompilerServices;
using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

/// <summary>docs/registries-file.md and the schema that editors use say what the parser says.</summary>
public sealed class RegistriesDocsTests
{
    private static readonly string Docs = Path.GetFullPath("../../../docs", Folder());

    private static string Page => File.ReadAllText(Path.Combine(Docs, "registries-file.md"));

    [Fact]
    public async Task The_example_of_the_page_is_read()
    {
        var described = DescribedRegistries.Parse(Page.Split("```yaml\n")[1].Split("```")[0], "example");
        Assert.Equal(["10.0.0.5:5000", "old.example", "registry.example"], described.Hosts.Order(StringComparer.Ordinal));
        Assert.NotNull((await described.AskAsync(Reference.Parse("registry.example/team/web:1.4"), new RegistryLogin("ada", "correct-horse"), default)).Manifest);
        Assert.Null((await described.AskAsync(Reference.Parse("registry.example/team/web:1.4"), new RegistryLogin("robot", "x"), default)).Manifest);
    }

    [Fact]
    public void The_schema_and_the_page_have_the_parsers_keys()
    {
        Assert.Equal(RegistriesFile.Keys, Keys(Schema()));
        foreach (var (name, keys) in new[] { ("registry", RegistryEntry.Keys), ("user", RegistryEntry.UserKeys), ("repository", RepositoryEntry.Keys) })
        {
            Assert.Equal(keys.Order(), Keys(Definition(name)).Order());
            Assert.All(keys, k => Assert.Contains($"`{k}`", Page, StringComparison.Ordinal));
        }
        Assert.Equal(RepositoryEntry.ImageKeys, Keys(Definition("image").GetProperty("oneOf")[2]));
        Assert.Equal(RegistryEntry.Auths.Keys, Words("auth"));
        Assert.Equal(RegistryEntry.Faults.Keys, Words("fault"));
        Assert.All(RegistryEntry.Faults.Keys, k => Assert.Contains($"`{k}`", Page, StringComparison.Ordinal));
    }

    private static IEnumerable<string?> Words(string key) => Definition("registry").GetProperty("properties").GetProperty(key).GetProperty("enum").EnumerateArray().Select(e => e.GetString());

    private static JsonElement Schema() => JsonDocument.Parse(File.ReadAllText(Path.Combine(Docs, "schema", "registries.schema.json"))).RootElement;

    private static JsonElement Definition(string name) => Schema().GetProperty("$defs").GetProperty(name);

    private static IEnumerable<string> Keys(JsonElement type) => type.GetProperty("properties").EnumerateObject().Select(p => p.Name);

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
