namespace Viaduct.Cli.Tests.Manifest;

/// <summary>The verbs against the embedded registry: streams, exit codes and documents. What they do is tested where they are.</summary>
public sealed class ManifestVerbTests : IDisposable
{
    private readonly Place _place = new Place()
        .Image("app", "tags: [\"1\"]\nplatforms: [linux/amd64, linux/arm64]\n").With("DOCKER_CLI_EXPERIMENTAL", "enabled");

    public ManifestVerbTests() => _place.With("DOCKER_CONFIG", _place.PathOf("docker"));

    private string List => $"{_place.Registry}/list:1";

    private string Amd64 => $"{_place.Registry}/app-amd64:1";

    private string Arm64 => $"{_place.Registry}/app-arm64:1";

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task From_create_to_purge_standard_output_is_dockers()
    {
        await PushAppAsync();
        Assert.Equal((0, $"Created manifest list {List}\n", ""), await RunAsync("create", List, Amd64, "--amend", Arm64));
        Assert.Equal((0, "", ""), await RunAsync("annotate", List, Arm64, "--variant=v8"));
        var (_, shown, _) = await RunAsync("inspect", List);
        var digest = Oci.Digest.Sha256(System.Text.Encoding.UTF8.GetBytes(shown[..^1]));
        Assert.Contains("\"variant\": \"v8\"", shown);
        var (amd64, arm64) = (await DigestAsync(Amd64), await DigestAsync(Arm64));
        var refs = new[] { amd64, arm64 }.Select(d => $"ref {_place.Registry}/list@{d} with digest: {d}\n").ToArray();
        Assert.Equal((0, $"Would push {refs[0]}Would push {refs[1]}{digest}\n", "viaduct: nothing was sent\n"), await RunAsync("push", "--dry-run", List));
        Assert.Equal((0, $"Pushed {refs[0]}Pushed {refs[1]}{digest}\n", ""), await RunAsync("push", "--purge", List, "--digest-file", "out/digest"));
        Assert.Equal(digest.ToString(), File.ReadAllText(_place.PathOf("out/digest")));
        Assert.Equal((1, "", $"No such manifest: {List}\n"), await RunAsync("rm", List));
    }

    [Fact]
    public async Task Lists_are_shown_with_their_platforms_and_what_was_pushed()
    {
        await PushAppAsync();
        Assert.Equal((0, "LIST  IMAGES  PLATFORMS  CHANGED  PUSHED\n", ""), await RunAsync("ls"));
        await RunAsync("create", List, Amd64, Arm64);
        Assert.Matches($"\n{List} +2 +linux/amd64, linux/arm64 +[0-9-]+T[0-9:]+Z +no\n$", (await RunAsync("ls")).Output);
        await RunAsync("push", List);
        Assert.Matches("Z +[0-9a-f]{12}\n$", (await RunAsync("ls")).Output);
        Assert.Equal((0, "", ""), await RunAsync("remove", List, Arm64));
        Assert.Matches($"\n{List} +1 +linux/amd64 +.*Z +[0-9a-f]{{12}}, changed since\n$", (await RunAsync("ls")).Output);
        Assert.Equal((0, "", ""), await RunAsync("prune"));
        Assert.Equal((0, $"{List}\n", "viaduct: nothing was removed\n"), await RunAsync("prune", "--all", "--dry-run"));
        Assert.Equal((0, "", ""), await RunAsync("prune", "--all", "--older-than", "1h"));
        Assert.Equal((0, $"{List}\n", ""), await RunAsync("prune", "--all"));
    }

    [Fact]
    public async Task Documents_have_the_shape_that_is_described()
    {
        await PushAppAsync();
        foreach (var line in new[] { "create LIST AMD ARM", "push LIST --tag 2,3", "ls", "push LIST --dry-run", "remove LIST AMD", "ls", "create LIST AMD ARM --replace --push" })
        {
            var words = line.Replace("LIST", List).Replace("AMD", Amd64).Replace("ARM", Arm64).Split(' ');
            if (words[0] == "remove")
            {
                await RunAsync(words);
                continue;
            }
            var outcome = await _place.RunAsync(["manifest", .. words, "--output", "json"]);
            Schemas.Conforms("manifest.schema.json", outcome.Json);
            Assert.Equal(line.Contains("--push") ? "push" : words[0], outcome.Json.GetProperty("verb").GetString());
        }
    }

    [Theory]
    [InlineData("", "digest")]
    // What is shown is a part of what has the digest.
    [InlineData("--platform linux/arm64", "listDigest")]
    public async Task The_document_of_inspect_has_the_digest_that_its_text_lacks(string more, string digest)
    {
        await PushAppAsync();
        var json = (await _place.RunAsync(["manifest", "inspect", $"{_place.Registry}/app:1", "-o", "json", .. more.Split(' ', StringSplitOptions.RemoveEmptyEntries)])).Json;
        Schemas.Conforms("manifest.schema.json", json);
        Assert.Equal(await DigestAsync($"{_place.Registry}/app:1"), json.GetProperty(digest).GetString());
        Assert.Equal(more.Length == 0 ? 2 : 1, json.GetProperty("manifest").GetProperty("manifests").GetArrayLength());
    }

    [Theory]
    [InlineData("--platform linux/arm64")]
    [InlineData("--verbose")]
    public async Task What_a_document_shows_has_its_digest_though_the_tag_may_move_meanwhile(string more)
    {
        await PushAppAsync();
        var digest = await DigestAsync($"{_place.Registry}/app:1");
        var outcome = await _place.RunAsync(["--verbose", "manifest", "inspect", $"{_place.Registry}/app:1", "-o", "json", .. more.Split(' ')]);
        Assert.Single(outcome.Error.Split('\n'), l => l.Contains("GET /v2/app/manifests/1 "));
        Assert.Single(outcome.Error.Split('\n'), l => l.Contains($"GET /v2/app/manifests/{digest} "));
    }

    [Fact]
    public async Task Raw_and_a_platform_are_the_bytes_of_the_image_for_it()
    {
        await PushAppAsync();
        var outcome = await _place.RunAsync("manifest", "inspect", "--raw", "--platform", "linux/arm64", $"{_place.Registry}/app:1");
        Assert.Equal((0, ""), (outcome.Exit, outcome.Error));
        Assert.Equal(await DigestAsync(Arm64), Oci.Digest.Sha256(outcome.Bytes).ToString());
        Assert.StartsWith("viaduct: VIA5117: ", (await RunAsync("inspect", "--raw", "--platform", "linux/s390x", $"{_place.Registry}/app:1")).Error);
    }

    [Fact]
    public async Task A_template_is_pushed_in_one_command_and_forgotten()
    {
        await PushAppAsync();
        var (exit, output, error) = await RunAsync("create", "--push", List, "--template", $"{_place.Registry}/app-ARCH:1", "--platforms", "linux/amd64,linux/arm64");
        Assert.Equal((0, ""), (exit, error));
        Assert.StartsWith($"Created manifest list {List}\nPushed ref ", output);
        Assert.EndsWith($"\n{await DigestAsync($"{_place.Registry}/app:1")}\n", output);
        Assert.DoesNotContain(List, (await RunAsync("ls")).Output);
    }

    [Fact]
    public async Task A_spec_is_read_from_standard_input_and_its_tags_wait_for_the_push()
    {
        await PushAppAsync();
        _place.Input = System.Text.Encoding.UTF8.GetBytes($"image: {List}\ntags: [\"2\"]\nmanifests:\n- image: {Amd64}\n  platform: {{architecture: amd64, os: linux}}\n");
        Assert.Equal((0, $"Created manifest list {List}\n", "viaduct: the tags of the spec are set by a push: --tag 2\n"), await RunAsync("create", "--spec", "-"));
    }

    [Fact]
    public async Task When_the_push_behind_a_create_fails_the_same_command_can_be_run_again()
    {
        await PushAppAsync();
        // Nobody listens there.
        var list = $"127.0.0.1:{Place.FreePort()}/list:1";
        for (var i = 0; i < 2; i++)
        {
            var (exit, output, error) = await RunAsync("create", "--push", list, Amd64);
            Assert.Equal((1, $"Created manifest list {list}\n"), (exit, output));
            Assert.DoesNotContain("refusing to amend", error);
        }
        Assert.DoesNotContain(list, (await RunAsync("ls")).Output);
    }

    [Fact]
    public async Task Requests_are_told_when_asked_for_before_the_verb()
    {
        await PushAppAsync();
        Assert.StartsWith("viaduct: GET /v2/app/manifests/1 200", (await _place.RunAsync("--verbose", "manifest", "inspect", $"{_place.Registry}/app:1")).Error);
    }

    [Fact]
    public async Task Whatever_docker_does_not_say_is_marked()
    {
        await PushAppAsync();
        var error = (await _place.With("VIADUCT_DEBUG", "1").RunAsync("--verbose", "manifest", "push", List)).Error;
        Assert.Contains("viaduct: Viaduct.Manifests.ManifestException: ", error);
        Assert.Equal([$"No such manifest: {List}"], error.TrimEnd('\n').Split('\n').Where(l => !l.StartsWith("viaduct: ")));
    }

    [Fact]
    public async Task Failures_are_dockers_words_with_dockers_exit_code()
    {
        await PushAppAsync();
        Assert.Equal((1, "", $"no such manifest: {_place.Registry}/nope:1\n"), await RunAsync("create", List, $"{_place.Registry}/nope:1"));
        foreach (var (words, failure) in new[]
        {
            ("annotate LIST AMD", $"manifest for image {Amd64} does not exist in {List}\n"),
            ("create a/UPPER AMD", "error parsing name for manifest list a/UPPER: invalid reference format: repository name (a/UPPER) must be lowercase\n"),
            ("create --amend LIST AMD UPPER", "invalid reference format: repository name (library/UPPER) must be lowercase\n"),
            ("push LIST", $"No such manifest: {List}\n"),
        })
        {
            var (exit, output, error) = await RunAsync(words.Replace("LIST", List).Replace("AMD", Amd64).Split(' '));
            Assert.Equal((1, ""), (exit, output));
            Assert.StartsWith(failure, error);
            Assert.All(error[failure.Length..].Split('\n')[..^1], l => Assert.StartsWith("viaduct: ", l));
        }
    }

    [Fact]
    public async Task Shells_are_told_the_names_of_local_lists()
    {
        await PushAppAsync();
        await RunAsync("create", List, Amd64);
        var line = "viaduct manifest push ";
        Assert.Contains(List, (await _place.RunAsync($"[suggest:{line.Length}]", line)).Output.Split('\n'));
    }

    private async Task PushAppAsync() => Assert.Equal(0, (await _place.RunAsync("push")).Exit);

    private async Task<string> DigestAsync(string name) => Oci.Digest.Sha256((await _place.RunAsync("inspect", "--raw", name)).Bytes).ToString();

    private async Task<(int Exit, string Output, string Error)> RunAsync(params string[] words)
    {
        var outcome = await _place.RunAsync(["manifest", .. words]);
        return (outcome.Exit, outcome.Output, outcome.Error);
    }
}
