using System.Text.Json;

namespace Viaduct.Cli.Tests;

/// <summary>What is loaded, and what is told of it.</summary>
public sealed class LoadTests : LoadBed
{
    private async Task<string> EntryAsync(string platform) =>
        (await Place.RunAsync("inspect", Name, "--raw")).Json.GetProperty("manifests").EnumerateArray()
            .Single(m => $"{m.GetProperty("platform").GetProperty("os")}/{m.GetProperty("platform").GetProperty("architecture")}" == platform).GetProperty("digest").GetString()!;

    [Fact]
    public async Task The_image_of_the_engines_platform_is_loaded_under_its_name_and_the_command_that_runs_it_is_told()
    {
        var outcome = await Place.RunAsync("load", Name);
        Assert.Equal(($"docker 28.5.2 at {Engine.Address} has {Name}: linux/amd64, {await EntryAsync("linux/amd64")}\ndocker run --rm {Name}\n", 0, ""), (outcome.Output, outcome.Exit, outcome.Error));
        Assert.Equal(Name, Engine.Manifest.GetProperty("RepoTags")[0].GetString());
    }

    [Theory]
    [InlineData("""{"Version":"28.5.2","Os":"linux","Arch":"arm64"}""", "aarch64", "linux/arm64")]
    [InlineData("""{"Version":"20.10.24+dfsg1","Os":"linux","Arch":"amd64"}""", "x86_64", "linux/amd64")]
    [InlineData("""{"Version":"99.0.0-rc.1","Os":"linux","Arch":"amd64"}""", "x86_64", "linux/amd64")]
    public async Task The_engine_says_what_its_host_is(string version, string machine, string platform)
    {
        Engine.Version = version;
        Engine.Info = $$"""{"Architecture":"{{machine}}"}""";
        var outcome = await Place.RunAsync("load", Name, "--as", "hello:1", "-o", "json");
        Assert.Equal((0, ""), (outcome.Exit, outcome.Error));
        Assert.Equal(platform, outcome.Json.GetProperty("platform").GetString());
        Assert.Equal(await EntryAsync(platform), outcome.Json.GetProperty("digest").GetString());
        Assert.Equal(["docker", "run", "--rm", "hello:1"], outcome.Json.GetProperty("run").EnumerateArray().Select(w => w.GetString()));
    }

    [Fact]
    public async Task Another_platform_is_loaded_when_it_is_asked_for()
    {
        var outcome = await Place.RunAsync("load", Name, "--platform", "linux/arm64", "--as", "hello");
        Assert.Equal(0, outcome.Exit);
        Assert.Contains($"has hello:latest: linux/arm64, {await EntryAsync("linux/arm64")}\ndocker run --rm --platform linux/arm64 hello:latest\n", outcome.Output);
    }

    [Fact]
    public async Task The_json_is_as_its_schema_says()
    {
        var outcome = await Place.RunAsync("load", Name, "-o", "json");
        Schemas.Conforms("load.schema.json", outcome.Json);
        Assert.Equal(JsonValueKind.String, outcome.Json.GetProperty("config").ValueKind);
    }

    [Fact]
    public async Task A_layout_is_loaded_by_the_name_that_is_given()
    {
        Assert.Equal(0, (await Place.RunAsync("export", Name, "--format", "oci", "--output", "out")).Exit);
        var nameless = await Place.RunAsync("load", "oci:out");
        Assert.Equal(2, nameless.Exit);
        Assert.StartsWith("error VIA9001", nameless.Error);
        Assert.Equal(0, (await Place.RunAsync("load", "oci:out", "--as", "hello:2")).Exit);
        Assert.Equal("hello:2", Engine.Manifest.GetProperty("RepoTags")[0].GetString());
    }

    [Fact]
    public async Task A_single_image_is_loaded_whatever_it_is_for_and_that_is_told()
    {
        var outcome = await Place.RunAsync("load", $"{Place.Registry}/hello-arm64:latest", "--as", "hello:1");
        Assert.Equal((0, "hello:1 is for linux/arm64 alone, and the engine runs on linux/amd64"), (outcome.Exit, outcome.Error.Split("amd64")[0] + "amd64"));
    }

    [Theory]
    [InlineData(500, """{"message":"no space left"}""", "no space left")]
    [InlineData(502, "a proxy's words", "a proxy's words")]
    [InlineData(200, """{"errorDetail":{"message":"invalid tar header"},"error":"invalid tar header"}""", "invalid tar header")]
    public async Task The_words_of_an_engine_that_refuses_are_told(int status, string body, string words)
    {
        Engine.Load = (status, body);
        var outcome = await Place.RunAsync("load", Name);
        Assert.Equal((1, ""), (outcome.Exit, outcome.Output));
        Assert.StartsWith($"error VIA2192: {Engine.Address}: docker did not take the image: {words}\n", outcome.Error);
    }

    [Fact]
    public async Task An_engine_that_refuses_without_reading_ends_the_sending()
    {
        var noise = new byte[24 << 20];
        new Random(1).NextBytes(noise);
        File.WriteAllBytes(Place.PathOf("images/hello/noise"), noise);
        Place.File("images/hello/Dockerfile", "FROM scratch\nCOPY noise /\n");
        Assert.Equal(0, (await Place.RunAsync("push")).Exit);
        Assert.Equal(0, (await Place.RunAsync("load", Name)).Exit);
        Engine.Load = (500, """{"message":"no space left"}""");
        var outcome = await Place.RunAsync("load", Name);
        Assert.Equal(1, outcome.Exit);
        Assert.StartsWith($"error VIA2192: {Engine.Address}: docker did not take the image: ", outcome.Error);
    }

    [Fact]
    public async Task An_engine_that_has_another_image_under_the_name_is_not_believed()
    {
        Engine.Id = "sha256:" + new string('0', 64);
        Assert.StartsWith("error VIA9036", (await Place.RunAsync("load", Name)).Error);
        Engine.ForgetsNames = true;
        var outcome = await Place.RunAsync("load", Name);
        Assert.Equal(6, outcome.Exit);
        Assert.Contains($"has none of the name {Name}", outcome.Error);
    }

    [Fact]
    public async Task A_platform_that_is_not_there_is_told_as_the_engine_would_and_nothing_is_sent()
    {
        var outcome = await Place.RunAsync("load", Name, "--platform", "linux/s390x");
        Assert.Equal(6, outcome.Exit);
        Assert.StartsWith($"error VIA9035: {Name}: docker 28 takes nothing for linux/s390x: no matching manifest for linux/s390x", outcome.Error);
        Assert.Contains($"'viaduct select {Name} --platform linux/s390x --as \"docker 28\"'", outcome.Error);
        Assert.DoesNotContain(Engine.Seen, s => s.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_image_that_is_damaged_is_named_and_not_the_engine()
    {
        Assert.Equal(0, (await Place.RunAsync("export", Name, "--platform", "linux/amd64", "--format", "oci", "--output", "out")).Exit);
        var layer = (await Place.RunAsync("inspect", "oci:out", "--raw")).Json.GetProperty("layers")[0].GetProperty("digest").GetString()!;
        var file = Place.PathOf($"out/blobs/sha256/{layer[7..]}");
        var bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.Delete(file);
        File.WriteAllBytes(file, bytes);
        var outcome = await Place.RunAsync("load", "oci:out", "--as", "hello:1");
        Assert.Equal(6, outcome.Exit);
        Assert.StartsWith("error VIA1012", outcome.Error);
    }

    [Theory]
    [InlineData("--address", "unix:///x")]
    [InlineData("--into", "crio")]
    [InlineData("--platform", "linux/amd64,linux/arm64")]
    [InlineData("--as", "hello@sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task What_cannot_be_is_wrong_usage(string option, string value)
    {
        var outcome = await Place.RunAsync("load", Name, option, value);
        Assert.Equal(2, outcome.Exit);
        Assert.StartsWith("error VIA9001", outcome.Error);
        Assert.Empty(Engine.Seen);
    }
}
