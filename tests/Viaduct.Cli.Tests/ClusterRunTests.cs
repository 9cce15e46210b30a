using System.Text;
using System.Xml.Linq;

namespace Viaduct.Cli.Tests;

/// <summary>Small clusters from files to exit codes, with registries that are described.</summary>
public sealed class ClusterRunTests : IDisposable
{
    private const string Password = "s3cret-pass";
    private const string Registries = "registries:\n  - host: registry.example\n    users: [{name: robot, password: " + Password + "}]\n    repositories: {team/app: {tags: {'1': [linux/amd64]}}, open: {public: true, tags: {'1': [linux/amd64]}}}\n";
    private const string Nodes = "- {name: big, platform: linux/amd64, kubernetes: 1.34}\n- {name: pi, platform: linux/arm/v7, kubernetes: 1.34}\n";

    private readonly Place _place = new Place().File("registries.yaml", Registries).File("nodes.yaml", Nodes);

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task The_right_secret_starts_the_pod_where_the_image_has_an_entry()
    {
        var outcome = await SimulateAsync(App("registry.example"), "--explain", "pod/web@big");
        Assert.Equal((0, ""), (outcome.Exit, outcome.Error));
        Assert.Contains("State:         Running\n", outcome.Output);
        Assert.Contains("tried        1. secret shop/regcred, key registry.example: pulled\n", outcome.Output);
        Assert.Contains("for linux/amd64, entry 0 of the list\n", outcome.Output);
    }

    [Fact]
    public async Task A_node_without_an_entry_fails_and_the_exit_code_says_so()
    {
        var outcome = await SimulateAsync(App("registry.example"));
        Assert.Equal((6, ""), (outcome.Exit, outcome.Error));
        Assert.Matches("\npod/web +ok +ImagePullBackOff\n", outcome.Output);
        Assert.Contains("no match for platform in manifest", outcome.Output);
        Assert.EndsWith("\n1 pod on 2 nodes: 1 fails\n", outcome.Output);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("markdown")]
    [InlineData("junit")]
    public async Task A_key_that_does_not_match_is_told_in_every_form_and_the_password_in_none(string form)
    {
        var outcome = await SimulateAsync(App("registry.example:443"), "-o", form);
        Assert.Equal((6, ""), (outcome.Exit, outcome.Error));
        Assert.Contains("insufficient", outcome.Output);
        Assert.DoesNotContain(Password, outcome.Output);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(Password)).TrimEnd('='), outcome.Output);
        if (form == "json") Schemas.Conforms("cluster.schema.json", outcome.Json);
        if (form == "junit") Assert.Equal("2", (string)XDocument.Parse(outcome.Output).Root!.Attribute("failures")!);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6, "--strict")]
    public async Task What_is_not_known_is_a_failure_for_those_who_say_so(int exit, params string[] more)
    {
        _place.File("app.yaml", App("registry.example"));
        var outcome = await _place.RunAsync(["simulate", "-f", "app.yaml", "--nodes", "nodes.yaml", "--offline", .. more]);
        Assert.Equal((exit, ""), (outcome.Exit, outcome.Error));
        Assert.Matches("\npod/web +unknown +unknown\n", outcome.Output);
    }

    [Fact]
    public async Task Nodes_may_stand_among_the_objects_of_standard_input()
    {
        _place.Input = Encoding.UTF8.GetBytes(App("registry.example") + "---\napiVersion: v1\nkind: Node\nmetadata: {name: one}\nstatus: {nodeInfo: {operatingSystem: linux, architecture: amd64, containerRuntimeVersion: 'containerd://1.7.27', kubeletVersion: v1.33.1}}\n");
        var outcome = await _place.RunAsync("simulate", "-f", "-", "--registries", "registries.yaml");
        Assert.Equal((0, ""), (outcome.Exit, outcome.Error));
        Assert.Matches("\none +1 +linux/amd64 +containerd 1.7 +1.33\n", "\n" + outcome.Output);
        Assert.EndsWith("\n1 pod on 1 node: all start\n", outcome.Output);
    }

    [Theory]
    [InlineData("--summary", null)]
    [InlineData(null, "GITHUB_STEP_SUMMARY")]
    public async Task The_summary_is_appended_to_what_the_step_has(string? option, string? variable)
    {
        _place.File("summary.md", "before\n");
        if (variable is not null) _place.With(variable, _place.PathOf("summary.md"));
        var outcome = await SimulateAsync(App("registry.example"), option is null ? [] : [option, "summary.md"]);
        Assert.Equal((6, ""), (outcome.Exit, outcome.Error));
        Assert.StartsWith("before\n## Pods on nodes\n\n1 pod on 2 nodes: 1 fails\n", await File.ReadAllTextAsync(_place.PathOf("summary.md"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("VIA9072", "pod/wep@big", "Did you mean 'pod/web'?")]
    [InlineData("VIA9073", "pod/web@bog", "Did you mean 'big'?")]
    public async Task A_question_about_what_is_not_there_is_answered_with_what_is_near(string code, string question, string hint)
    {
        var outcome = await SimulateAsync(App("registry.example"), "--explain", question);
        Assert.Equal((2, ""), (outcome.Exit, outcome.Output));
        Assert.StartsWith($"error {code}: ", outcome.Error);
        Assert.Contains(hint, outcome.Error);
    }

    [Fact]
    public async Task Without_nodes_or_pods_there_is_nothing_to_simulate()
    {
        _place.File("app.yaml", App("registry.example")).File("secret.yaml", App("registry.example").Split("---\n")[1]);
        Assert.StartsWith("error VIA9070: ", (await _place.RunAsync("simulate", "-f", "app.yaml", "--offline")).Error);
        Assert.StartsWith("error VIA9071: ", (await _place.RunAsync("simulate", "-f", "secret.yaml", "--nodes", "nodes.yaml", "--offline")).Error);
        Assert.StartsWith("error VIA9074: ", (await _place.RunAsync("simulate", "-f", "app.yaml", "--nodes", "nodes.yaml", "--offline", "--provider-answers", "ecr=nodes.yaml")).Error);
    }

    [Theory]
    [InlineData(false, "IfNotPresent (")]
    [InlineData(true, "Always (")]
    public async Task Admission_is_as_the_command_line_says(bool always, string policy)
    {
        var outcome = await SimulateAsync(App("registry.example"), ["--explain", "web@big", .. always ? ["--always-pull-images"] : (string[])[]]);
        Assert.Contains($"policy       {policy}", outcome.Output);
    }

    private Task<Outcome> SimulateAsync(string app, params string[] more)
    {
        _place.File("app.yaml", app);
        return _place.RunAsync(["simulate", "-f", "app.yaml", "--nodes", "nodes.yaml", "--registries", "registries.yaml", .. more]);
    }

    private static string App(string key) => $$$"""
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop}
        spec: {imagePullSecrets: [{name: regcred}], containers: [{name: app, image: registry.example/team/app:1}]}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: regcred, namespace: shop}
        type: kubernetes.io/dockerconfigjson
        stringData: {.dockerconfigjson: '{"auths": {"{{{key}}}": {"username": "robot", "password": "{{{Password}}}"} } }'}
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: default, namespace: shop}

        """;
}
