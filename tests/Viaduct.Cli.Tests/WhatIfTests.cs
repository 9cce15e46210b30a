using System.Text;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Cli.Tests;

/// <summary>What could not be looked at, or fails anyway, is never told as something on which nothing changes.</summary>
public sealed class WhatIfTests
{
    private const string List = "application/vnd.oci.image.index.v1+json";
    private const string Image = "application/vnd.oci.image.manifest.v1+json";
    private const string Config = "application/vnd.oci.image.config.v1+json";

    private static readonly string Nothing = $"\"digest\":\"{Digest.Sha256("{}"u8)}\",\"size\":2";

    [Theory]
    [InlineData("artifact", 6, "VF112 not-an-image: ", "1 image could not be looked at")]
    [InlineData("empty list", 0, "", "nothing changes: 1 image on 2 nodes")]
    [InlineData("broken config", 0, "", "nothing changes: 1 image on 2 nodes")]
    [InlineData("wrong child size", 0, "", "nothing changes: 1 image on 2 nodes")]
    public async Task What_is_no_image_that_works_is_said_so(string what, int exit, string finding, string summary)
    {
        using var server = new Place();
        await using var registry = await server.ServeAsync();
        using var place = new Place().File("nodes.yaml", "[linux/amd64, linux/amd64]");
        var name = $"{registry.Address}/app:1";
        await PushAsync(Reference.Parse(name), what);

        var outcome = await place.RunAsync("whatif", name, "--nodes", "nodes.yaml", "--runtime-then", "containerd 2.0");
        var json = await place.RunAsync("whatif", name, "--nodes", "nodes.yaml", "--runtime-then", "containerd 2.0", "-o", "json");

        Assert.Equal((exit, ""), (outcome.Exit, outcome.Error));
        Assert.StartsWith(exit == 6 ? $"{finding}{name}: " : "1 image fails on 2 nodes before and after: 'viaduct simulate' says why\n", outcome.Output);
        Assert.EndsWith($"\n{summary}\n", outcome.Output);
        Schemas.Conforms("whatif.schema.json", json.Json);
        Assert.Equal((exit, exit == 6 ? 1 : 0, exit == 6 ? 0 : 1), (json.Exit, json.Json.GetProperty("findings").GetArrayLength(), json.Json.GetProperty("failing").GetArrayLength()));
        Assert.Equal(6, (await place.RunAsync("simulate", name, "--nodes", "nodes.yaml")).Exit);
    }

    [Theory]
    [InlineData("artifact", "VIA9031")]
    [InlineData("broken config", "VIA1011")]
    public async Task Nothing_is_selected_of_what_is_no_image_and_the_error_names_it(string what, string code)
    {
        using var server = new Place();
        await using var registry = await server.ServeAsync();
        var name = $"{registry.Address}/app:1";
        await PushAsync(Reference.Parse(name), what);
        Assert.StartsWith($"error {code}: {name}: ", (await server.RunAsync("select", name, "--platform", "linux/amd64")).Error);
    }

    [Fact]
    public async Task An_artifact_beside_an_image_leaves_the_image_its_report()
    {
        using var server = new Place();
        await using var registry = await server.ServeAsync();
        using var place = new Place().Image("hello").File("nodes.yaml", "[linux/amd64]").With("VIADUCT_REGISTRY", registry.Address);
        await place.RunAsync("push");
        await PushAsync(Reference.Parse($"{registry.Address}/app:1"), "artifact");
        var outcome = await place.RunAsync("whatif", $"{registry.Address}/hello:latest", $"{registry.Address}/app:1", "--nodes", "nodes.yaml", "--runtime-then", "containerd 2.0");
        Assert.Equal(6, outcome.Exit);
        Assert.EndsWith("\nnothing changes: 1 image on 1 node; 1 image could not be looked at\n", outcome.Output);
    }

    private static async Task PushAsync(Reference name, string what)
    {
        using var client = new RegistryClient(new RegistryOptions());
        var repository = client.Repository(name);
        await PushBlobAsync(repository, "{}"u8.ToArray());
        await PushBlobAsync(repository, "[]"u8.ToArray());
        var image = Parse($$"""{"schemaVersion":2,"mediaType":"{{Image}}","config":{"mediaType":"{{Config}}",{{Nothing}}},"layers":[]}""");
        await repository.PushManifestAsync(image, default);
        await repository.TagAsync(name.Tag!, what switch
        {
            "artifact" => Parse($$"""{"schemaVersion":2,"mediaType":"{{Image}}","config":{"mediaType":"application/vnd.cncf.helm.config.v1+json",{{Nothing}}},"layers":[]}"""),
            "empty list" => Parse($$"""{"schemaVersion":2,"mediaType":"{{List}}","manifests":[]}"""),
            "broken config" => Parse($$"""{"schemaVersion":2,"mediaType":"{{Image}}","config":{"mediaType":"{{Config}}","digest":"{{Digest.Sha256("[]"u8)}}","size":2},"layers":[]}"""),
            _ => Parse($$"""{"schemaVersion":2,"mediaType":"{{List}}","manifests":[{"mediaType":"{{Image}}","digest":"{{image.Digest}}","size":7,"platform":{"os":"linux","architecture":"amd64"} }]}"""),
        }, default);
    }

    private static Task PushBlobAsync(RepositoryClient repository, byte[] bytes) =>
        repository.PushBlobAsync(new Blob(new Descriptor("", Digest.Sha256(bytes), bytes.Length), _ => ValueTask.FromResult<Stream>(new MemoryStream(bytes))), default);

    private static RawManifest Parse(string json) => RawManifest.Parse(Encoding.UTF8.GetBytes(json), null);
}
