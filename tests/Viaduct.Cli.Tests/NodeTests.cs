using System.Text;
using System.Text.Json;

namespace Viaduct.Cli.Tests;

/// <summary>Nodes that are described: what they would get, and what an upgrade changes.</summary>
public sealed class NodeTests : IDisposable
{
    private const string Today = "- {name: pi-1, platform: linux/arm/v7, runtime: containerd 2.0}\n- {name: pi-2, platform: linux/arm/v7, runtime: containerd 2.0}\n- {name: big, platform: linux/amd64, runtime: containerd 2.0}\n";

    private readonly Place _place = new Place()
        .Program("app", "linux/amd64, linux/arm/v6", ("amd64", "amd64"), ("armv6", "arm"))
        .Program("wrong", "linux/amd64, linux/arm64", ("amd64", "amd64"), ("arm64", "amd64"));

    private string App => $"{_place.Registry}/app:latest";

    private string Wrong => $"{_place.Registry}/wrong:latest";

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Images_by_nodes_are_a_matrix_in_which_equal_nodes_are_one_column()
    {
        await _place.File("nodes.yaml", Today).RunAsync("push");
        var outcome = await _place.RunAsync("simulate", App, Wrong, "--nodes", "nodes.yaml");
        Assert.Equal((6, ""), (outcome.Exit, outcome.Error));
        Assert.Matches("\nLIST +linux/arm/v7 x2  big\n.*/app:latest +warning +ok\n.*/wrong:latest +failure +ok\n", outcome.Output);
        Assert.Matches("linux/arm/v7 x2  2 +linux/arm/v7  containerd 2.0\n", outcome.Output);
        Assert.Single(outcome.Output.Split('\n'), l => l.StartsWith($"VF102 fallback-only: {App} on linux/arm/v7 x2: node pi-1 would pull ", StringComparison.Ordinal));
        Assert.Single(outcome.Output.Split('\n'), l => l.StartsWith($"VF101 platform-missing: {Wrong} on linux/arm/v7 x2: node pi-1 ", StringComparison.Ordinal));
        Assert.Matches("\nVF102: .* See docs/findings/VF102.md.\n$", outcome.Output);
    }

    [Fact]
    public async Task The_set_is_pulled_on_the_nodes_when_nothing_is_named()
    {
        await _place.RunAsync("push");
        var outcome = await _place.RunAsync("simulate", "--nodes", "kubernetes", "--no-cache");
        Assert.Equal(6, outcome.Exit);
        Assert.Matches("/app:latest +ok +failure +failure +failure\n", outcome.Output);
        Assert.Matches("/wrong:latest +ok +failure +failure +failure\n", outcome.Output);
        Assert.Contains($"VF301 wrong-machine: {Wrong}: node linux/arm64 would pull", outcome.Output);
        Assert.Contains("VF301: Compile the program", outcome.Output);
    }

    [Fact]
    public async Task Each_node_has_its_own_object_in_the_json()
    {
        await _place.File("nodes.yaml", Today).RunAsync("push");
        var json = (await _place.RunAsync("simulate", App, Wrong, "--nodes", "nodes.yaml", "-o", "json")).Json;
        Schemas.Conforms("simulation.schema.json", json);
        var nodes = json.GetProperty("lists")[0].GetProperty("nodes").EnumerateArray().ToList();
        Assert.Equal(["pi-1", "pi-2", "big"], nodes.Select(n => n.GetProperty("name").GetString()!));
        Assert.Equal(["containerd 2.0", "linux/arm/v7", "warning"], ((string[])["runtime", "platform", "verdict"]).Select(m => nodes[1].GetProperty(m).GetString()!));
        Assert.Equal(("VF102", "fallback-only"), (Of(nodes[1], "code"), Of(nodes[1], "name")));
        Assert.StartsWith("node pi-2 would pull ", Of(nodes[1], "text"));
        Assert.EndsWith("no match for platform in manifest: not found", json.GetProperty("lists")[1].GetProperty("nodes")[0].GetProperty("error").GetString());

        static string? Of(JsonElement node, string member) => node.GetProperty("findings")[0].GetProperty(member).GetString();
    }

    [Fact]
    public async Task What_kubectl_prints_may_come_from_standard_input()
    {
        await _place.RunAsync("push");
        _place.Input = Encoding.UTF8.GetBytes("""{"apiVersion":"v1","kind":"List","items":[{"kind":"Node","metadata":{"name":"one"},"status":{"nodeInfo":{"operatingSystem":"linux","architecture":"amd64","containerRuntimeVersion":"containerd://1.7.27","kubeletVersion":"v1.33.1"}}}]}""");
        var json = (await _place.RunAsync("simulate", App, "--nodes", "-", "-o", "json")).Json;
        Assert.Equal("containerd 1.7", json.GetProperty("lists")[0].GetProperty("nodes")[0].GetProperty("runtime").GetString());
    }

    [Fact]
    public async Task A_single_image_for_nodes_of_several_platforms_is_told_as_that()
    {
        await _place.RunAsync("push");
        var outcome = await _place.RunAsync("simulate", $"{_place.Registry}/app-amd64:latest", "--platform", "linux/amd64,linux/arm64");
        Assert.Equal(6, outcome.Exit);
        Assert.Contains($"VF109 pinned-to-one-platform: {_place.Registry}/app-amd64:latest is one image, for linux/amd64, and no list: nodes of linux/arm64 pull it too and cannot run it\n", outcome.Output);
        Assert.DoesNotContain("VF109", (await _place.RunAsync("simulate", $"{_place.Registry}/app-amd64:latest", "--platform", "linux/amd64")).Output);
    }

    [Theory]
    [InlineData("containerd 2.0", 0, "warning")]
    [InlineData("containerd 2.1", 6, "failure")]
    public async Task The_runtime_of_nodes_that_are_platforms_can_be_chosen(string runtime, int exit, string verdict)
    {
        await _place.RunAsync("push");
        var outcome = await _place.RunAsync("simulate", App, "--platform", "linux/arm/v7", "--as", runtime);
        Assert.Equal(exit, outcome.Exit);
        Assert.Matches($"linux/arm/v7 +{verdict}", outcome.Output);
    }

    [Fact]
    public async Task A_pods_command_takes_the_place_of_the_images()
    {
        await _place.RunAsync("push");
        var outcome = await _place.RunAsync("simulate", App, "--command", "/bin/sh", "--command=-c", "--command", "exec /app");
        Assert.Equal((6, ""), (outcome.Exit, outcome.Error));
        Assert.Matches("VF303 program-missing: .* its /bin/sh is missing", outcome.Output);
        Assert.Equal(0, (await _place.RunAsync("simulate", App, "--command", "/app")).Exit);

        // A line where a word belongs is no program; in an image that has it, it is one.
        Assert.Equal("note: --command takes one word each time: --command=/app --command=-v\n", (await _place.RunAsync("simulate", App, "--command", "/app -v")).Error);
    }

    [Fact]
    public async Task What_was_found_is_kept_where_the_user_keeps_such_things_and_only_there()
    {
        await _place.RunAsync("push");
        var folder = _place.PathOf("cache");
        _place.With("XDG_CACHE_HOME", folder);
        await _place.RunAsync("simulate", App, "--no-cache");
        Assert.False(Directory.Exists(folder));
        var first = await _place.RunAsync("simulate", App);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(folder, "viaduct", "programs")));
        Assert.Equal(first.Output, (await _place.RunAsync("simulate", App)).Output);

        // A file where the folder should be: nothing can be kept, and nothing fails.
        _place.File("file", "").With("XDG_CACHE_HOME", _place.PathOf("file"));
        var uncached = await _place.RunAsync("simulate", App);
        Assert.Equal((0, first.Output), (uncached.Exit, uncached.Output));
    }

    [Fact]
    public async Task An_upgrade_shows_which_image_stops_being_pulled_where()
    {
        await _place.File("today.yaml", Today).RunAsync("push", "app");
        var outcome = await _place.RunAsync("whatif", App, "--nodes", "today.yaml", "--runtime-then", "containerd 2.1");
        Assert.Equal((6, ""), (outcome.Exit, outcome.Error));
        Assert.Matches("/app:latest +linux/arm/v7 x2 +containerd 2.0: warning, [0-9a-f]{12} for linux/arm/v6 +containerd 2.1: failure, nothing is pulled\n", outcome.Output);
        Assert.Contains("the pull fails with \"rpc error: ", outcome.Output);
        Assert.DoesNotContain("big", outcome.Output);
        Assert.EndsWith("1 of 1 image on 3 nodes changes; on 2 nodes something stops working\n", outcome.Output);
    }

    [Fact]
    public async Task Nodes_are_matched_by_name_and_those_without_a_counterpart_are_told()
    {
        _place.File("today.yaml", Today).File("then.yaml", "- {name: pi-1, platform: linux/arm/v7, runtime: containerd 2.1}\n- {name: big, platform: linux/amd64}\n- {name: new, platform: linux/s390x}\n");
        await _place.RunAsync("push", "app");
        var outcome = await _place.RunAsync("whatif", App, "--nodes", "today.yaml", "--nodes-then", "then.yaml");
        Assert.Equal(6, outcome.Exit);
        Assert.Matches("/app:latest +pi-1 +containerd 2.0", outcome.Output);
        Assert.Contains("left out: pi-2\n", outcome.Output);
        Assert.Contains("left out: new\n", outcome.Output);

        var json = (await _place.RunAsync("whatif", App, "--nodes", "today.yaml", "--nodes-then", "then.yaml", "-o", "json")).Json;
        Schemas.Conforms("whatif.schema.json", json);
        var change = Assert.Single(json.GetProperty("changes").EnumerateArray().ToList());
        Assert.Equal(["pi-1"], change.GetProperty("nodes").EnumerateArray().Select(n => n.GetString()!));
        Assert.Equal("linux/arm/v6", change.GetProperty("before").GetProperty("entryPlatform").GetString());
        Assert.StartsWith("rpc error: ", change.GetProperty("after").GetProperty("error").GetString());
    }

    [Fact]
    public async Task What_gets_better_is_shown_and_is_no_failure()
    {
        await _place.File("today.yaml", Today.Replace("2.0", "2.1")).RunAsync("push", "app");
        var outcome = await _place.RunAsync("whatif", App, "--nodes", "today.yaml", "--runtime-then", "containerd 2.0");
        Assert.Equal(0, outcome.Exit);
        Assert.EndsWith("1 of 1 image on 3 nodes changes, and none stops working\n", outcome.Output);
    }

    [Fact]
    public async Task That_nothing_changes_is_one_line_and_what_fails_as_before_another()
    {
        await _place.File("nodes.yaml", "[linux/amd64, linux/amd64, linux/s390x]").RunAsync("push");
        var outcome = await _place.RunAsync("whatif", "--nodes", "nodes.yaml", "--runtime-then", "containerd 2.0");
        Assert.Equal((0, "2 images fail on 1 node before and after: 'viaduct simulate' says why\nnothing changes: 2 images on 3 nodes\n", ""), (outcome.Exit, outcome.Output, outcome.Error));

        _place.File("amd64.yaml", "[linux/amd64]");
        Assert.Equal("nothing changes: 2 images on 1 node\n", (await _place.RunAsync("whatif", "--nodes", "amd64.yaml", "--runtime-then", "containerd 2.0")).Output);
    }

    [Fact]
    public async Task An_image_that_is_not_there_is_no_image_on_which_nothing_changes()
    {
        await _place.RunAsync("push");
        var outcome = await _place.RunAsync("whatif", App, $"{_place.Registry}/app:nowhere", "--nodes", "kubernetes", "--runtime-then", "containerd 2.0");
        Assert.Equal((1, ""), (outcome.Exit, outcome.Output));
        Assert.StartsWith($"error VIA9008: {_place.Registry}/app:nowhere", outcome.Error);
    }
}
