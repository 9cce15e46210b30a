using System.Security.Cryptography;

namespace Viaduct.Cli.Tests;

public sealed class SelectTests : IDisposable
{
    private readonly Place _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task The_chosen_entry_is_told_with_the_next_best_and_the_reason_of_every_other()
    {
        var outcome = await SelectAsync(["linux/amd64", "linux/arm/v6", "linux/arm/v7", "unknown/unknown"], "--platform", "linux/arm/v7", "--as", "containerd 2.0");
        Assert.Equal((0, ""), (outcome.Exit, outcome.Error));
        Assert.Matches("^containerd 2.0 on linux/arm/v7 takes entry 2, sha256:[0-9a-f]{12} for linux/arm/v7; next would be sha256:[0-9a-f]{12} for linux/arm/v6\n", outcome.Output);
        Assert.Matches("\n0 +[0-9a-f]{12}  linux/amd64 +other-platform: ", outcome.Output);
        Assert.Matches("\n1 +[0-9a-f]{12}  linux/arm/v6 +worse-platform: linux/arm/v7 comes before linux/arm/v6\n", outcome.Output);
        Assert.Matches("\n2 +[0-9a-f]{12}  linux/arm/v7 +taken\n", outcome.Output);
        Assert.Matches("\n3 +[0-9a-f]{12}  unknown/unknown +attestation: ", outcome.Output);
    }

    [Fact]
    public async Task When_nothing_is_taken_the_error_stands_as_the_runtime_writes_it_and_the_exit_code_is_6()
    {
        var outcome = await SelectAsync(["linux/amd64", "linux/s390x"], "--platform", "linux/arm64", "--as", "containerd 1.7");
        Assert.Equal((6, ""), (outcome.Exit, outcome.Error));
        Assert.StartsWith("containerd 1.7 on linux/arm64 takes nothing\n", outcome.Output);
        Assert.EndsWith($"\nrpc error: code = NotFound desc = failed to pull and unpack image \"{DigestOfFile()}\": no match for platform in manifest: not found\n", outcome.Output);
    }

    [Theory]
    [InlineData("linux/arm/v6", "linux/arm/v7", "containerd 2.0", 0)]
    [InlineData("linux/arm/v6", "linux/arm/v7", "containerd 2.1", 6)]
    [InlineData("linux/arm/v6", "linux/arm/v7", "containerd://2.0.5", 0)]
    [InlineData("linux/arm/v6", "linux/arm/v7", "containerd 2.0,containerd 2.1", 6)]
    [InlineData("linux/386", "linux/amd64", "containerd 2.1 local", 0)]
    [InlineData("linux/386", "linux/amd64", "crane", 6)]
    [InlineData("linux/386", "linux/amd64", "all", 6)]
    // crane and others take nothing for arm64/v8 where arm64 is written; they run no pods.
    [InlineData("linux/arm64", "linux/arm64/v8", "all", 0)]
    [InlineData("linux/arm64", "linux/arm64/v8", "crane", 6)]
    public async Task The_exit_code_tells_whether_all_that_was_asked_take_something(string entry, string platform, string runtime, int exit)
    {
        var outcome = await SelectAsync([entry], "--platform", platform, "--as", runtime);
        Assert.Equal((exit, ""), (outcome.Exit, outcome.Error));
        Assert.Equal(outcome.Output, (await SelectAsync([entry], "--platform", platform, "--runtime", runtime)).Output);
    }

    [Fact]
    public async Task All_runtimes_side_by_side_show_who_differs_and_by_which_rule()
    {
        var text = (await SelectAsync(["linux/arm/v6", "linux/amd64"], "--platform", "linux/arm/v7,linux/amd64", "--as", "all")).Output;
        Assert.Matches("^ +RUNTIME +linux/arm/v7 +linux/amd64\n", text);
        Assert.Matches("\n   containerd 2.1 +- +1 linux/amd64\n", text);
        Assert.Matches(@"\n\*  containerd 2.0 +0 linux/arm/v6 +1 linux/amd64\n", text);
        Assert.Contains("* takes something else than containerd 2.1.\n", text);
        Assert.Contains("\n  containerd 2.1: the host's very platform; what only a fall-back would take is an error (held to containerd 2.1.9)\n", text);
        Assert.Matches("\nWhere nothing is taken:\n  containerd 2.1 .*\\(linux/arm/v7\\): rpc error: ", text);
    }

    [Fact]
    public async Task Runtimes_that_agree_are_said_to_agree() =>
        Assert.Contains("All take the same.\n", (await SelectAsync(["linux/amd64"], "--platform", "linux/amd64", "--as", "all")).Output);

    [Fact]
    public async Task Without_a_platform_those_of_the_list_are_asked_for()
    {
        var json = (await SelectAsync(["linux/amd64", "linux/arm", "Linux/ARM64", "unknown/unknown"], "-o", "json")).Json;
        Assert.Equal(["linux/amd64", "linux/arm/v7", "linux/arm64"], json.GetProperty("selections").EnumerateArray().Select(s => s.GetProperty("platform").GetString()!));
    }

    [Fact]
    public async Task A_list_that_names_no_platform_has_to_be_asked_for_one()
    {
        Assert.StartsWith("error VIA9032: list.json: ", (await SelectAsync([null])).Error);
        var outcome = await SelectAsync([null], "--platform", "linux/amd64");
        Assert.StartsWith("1 entry without a platform or with a list inside could not be looked into", outcome.Output);
    }

    [Fact]
    public async Task The_json_has_the_members_of_its_schema_and_no_others()
    {
        var taken = (await SelectAsync(["linux/amd64", "linux/arm/v6", "linux/arm/v7", null], "--platform", "linux/arm/v7,linux/s390x", "--as", "all", "-o", "json")).Json;
        Schemas.Conforms("selection.schema.json", taken);
        var selection = taken.GetProperty("selections").EnumerateArray().First(s => s.GetProperty("runtime").GetString() == "containerd 2.1");
        Assert.Equal("linux/arm/v7", selection.GetProperty("chosen").GetProperty("platform").GetString());
        Assert.Equal([2], selection.GetProperty("path").EnumerateArray().Select(p => p.GetInt32()));
        Assert.Equal(["other-platform", "worse-platform", "taken", "no-platform"], selection.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("reason").GetString()!));
        Assert.Equal(DigestOfFile(), taken.GetProperty("digest").GetString());
    }

    [Theory]
    [InlineData("docker 28", false, false)]
    [InlineData("docker 28", true, true)]
    [InlineData("crane", false, false)]
    [InlineData("containerd 2.1", false, true)]
    [InlineData("cri-o", false, true)]
    public async Task Only_what_nobody_can_ask_is_always_taken_for_a_host(string runtime, bool host, bool asHost)
    {
        var json = (await SelectAsync(["linux/amd64"], ["--platform", "linux/amd64", "--as", runtime, "-o", "json", .. host ? (string[])["--host"] : []])).Json;
        Assert.Equal(asHost, json.GetProperty("selections")[0].GetProperty("asHost").GetBoolean());
    }

    [Fact]
    public async Task A_list_may_lie_in_a_registry_a_layout_a_file_or_on_standard_input()
    {
        _place.Image("hello");
        await _place.RunAsync("push");
        await _place.RunAsync("build", "--output", "out");
        var name = $"{_place.Registry}/hello:latest";
        var raw = await _place.RunAsync("inspect", name, "--raw");
        File.WriteAllBytes(_place.PathOf("kept"), raw.Bytes);
        _place.Input = raw.Bytes;

        foreach (var text in (string[])[name, "oci:out:hello:latest", "kept", "./kept", _place.PathOf("kept"), "-"])
        {
            var outcome = await _place.RunAsync("select", text, "--platform", "linux/arm64", "-o", "json");
            Assert.Equal((0, ""), (outcome.Exit, outcome.Error));
            Assert.Equal($"sha256:{Convert.ToHexStringLower(SHA256.HashData(raw.Bytes))}", outcome.Json.GetProperty("digest").GetString());
            Assert.Equal("linux/arm64", outcome.Json.GetProperty("selections")[0].GetProperty("chosen").GetProperty("platform").GetString());
        }
        Assert.Contains($"\"{name}\": no match for platform", (await _place.RunAsync("select", name, "--platform", "linux/s390x", "--as", "containerd 2.0")).Output);
        Assert.Contains(" for linux/arm64, a single image: every node takes it\n", (await _place.RunAsync("select", $"{_place.Registry}/hello-arm64:latest", "--platform", "linux/amd64")).Output);
    }

    [Theory]
    [InlineData("nowhere.json", "", "VIA9030: nowhere.json: cannot be read: it does not exist", 2)]
    [InlineData("-", "", "VIA9030: standard input: cannot be read: there is none", 2)]
    [InlineData("./list.json", "[]", "VIA1010: ./list.json: ", 1)]
    [InlineData("list.json", "{}", "VIA9031: list.json: is neither an image nor a list of images: it names no media type", 1)]
    [InlineData("list.json", "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"application/vnd.cncf.helm.config.v1+json\",\"digest\":\"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\",\"size\":2},\"layers\":[]}", "VIA9031: list.json: is neither an image nor a list of images: its config is 'application/vnd.cncf.helm.config.v1+json'", 1)]
    [InlineData("list.json", "{\"schemaVersion\":2,\"manifests\":[{\"digest\":\"sha256:1\"}]}", "VIA1010: list.json: ", 1)]
    [InlineData("images", "", "VIA9030: images: cannot be read: it is a folder", 2)]
    [InlineData("./images", "", "VIA9030: ./images: cannot be read: it is a folder", 2)]
    public async Task What_cannot_be_read_is_an_error(string file, string text, string error, int exit)
    {
        if (text.Length > 0) _place.File("list.json", text);
        _place.File("images/kept", "");
        var outcome = await _place.RunAsync("select", file);
        Assert.StartsWith($"error {error}", outcome.Error);
        Assert.Equal(exit, outcome.Exit);
    }

    [Theory]
    [InlineData("VIA6004", "--as", "containers 2")]
    [InlineData("VIA9005", "--platform", "linux/arm46")]
    [InlineData("VIA9001", "--as", " , ")]
    [InlineData("VIA9001", "--hast", "")]
    public async Task Words_that_say_nothing_known_are_refused(string code, string option, string value)
    {
        var outcome = await SelectAsync(["linux/amd64"], value.Length == 0 ? [option] : [option, value]);
        Assert.Equal(2, outcome.Exit);
        Assert.StartsWith($"error {code}: ", outcome.Error);
    }

    [Fact]
    public async Task Words_of_a_list_steer_no_terminal()
    {
        var outcome = await SelectAsync(["linux/\\u001b[31mred", "linux/amd64"], "--platform", "linux/amd64");
        Assert.DoesNotContain('\u001b', outcome.Output);
        Assert.Contains("linux/?[31mred", outcome.Output);
    }

    private Task<Outcome> SelectAsync(string?[] entries, params string[] options)
    {
        _place.File("list.json", $$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{{string.Join(',', entries.Select(Entry))}}]}""");
        return _place.RunAsync(["select", "list.json", .. options]);
    }

    private static string Entry(string? platform, int position)
    {
        var words = platform?.Split('/');
        var written = words is null ? "" : $",\"platform\":{{\"os\":\"{words[0]}\",\"architecture\":\"{words[1]}\"{(words.Length > 2 ? $",\"variant\":\"{words[2]}\"" : "")}}}";
        return $"{{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"sha256:{Convert.ToHexStringLower(SHA256.HashData([(byte)position]))}\",\"size\":100{written}}}";
    }

    private string DigestOfFile() => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_place.PathOf("list.json"))))}";
}
