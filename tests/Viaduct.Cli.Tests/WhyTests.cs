using System.Text;

namespace Viaduct.Cli.Tests;

/// <summary><c>viaduct why</c>, called as people call it.</summary>
public sealed class WhyTests : IDisposable
{
    private const string App = "kind: Pod\napiVersion: v1\nmetadata: {name: foo}\nspec: {containers: [{name: app, image: 'registry.example/app:1'}]}\n";
    private const string Registries = "registries:\n- hosts: [registry.example]\n  auth: basic\n  users: [{name: robot, password: s3cret}]\n  repositories:\n    app: {tags: {'1': [linux/amd64]}}\n";
    private const string Message = "Failed to pull image \"registry.example/app:1\": failed to pull and unpack image \"registry.example/app:1\": failed to resolve reference \"registry.example/app:1\": pulling from host registry.example failed with status code [manifests 1]: 401 Unauthorized";

    private readonly Place _place = new Place().File("app.yaml", App).File("nodes.yaml", "- {name: big, platform: linux/amd64, runtime: containerd 1.6}\n").File("registries.yaml", Registries);

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_message_is_answered_with_causes_checks_and_remedies()
    {
        var outcome = await _place.RunAsync("why", Message);
        Assert.Equal((0, ""), (outcome.Exit, outcome.Error));
        Assert.Contains("image registry.example/app:1, registry registry.example, status 401\n", outcome.Output);
        Assert.Contains("\n1. The pod and the node have no login for this registry. [no-credential]\n", outcome.Output);
        Assert.Contains("--docker-server=registry.example", outcome.Output);
        Assert.Contains("less probable ones are shown by --all.\n", outcome.Output);
        Assert.DoesNotContain("shown by --all", (await _place.RunAsync("why", "--all", Message)).Output);
    }

    [Theory]
    [InlineData("toomanyrequests")]
    [InlineData("exec", "format", "error")]
    public async Task Words_need_no_quotes(params string[] words) => Assert.Equal(0, (await _place.RunAsync(["why", .. words])).Exit);

    [Fact]
    public async Task A_describe_comes_by_standard_input_and_JSON_has_the_shape_of_the_schema()
    {
        _place.Input = Encoding.UTF8.GetBytes($"Events:\n  Warning  Failed  2s  kubelet  {Message}\n  Warning  Failed  2s  kubelet  Error: ErrImagePull\n");
        var outcome = await _place.RunAsync("why", "-", "--output", "json");
        Assert.Equal(0, outcome.Exit);
        Schemas.Conforms("why.schema.json", outcome.Json);
        var message = Assert.Single(outcome.Json.GetProperty("messages").EnumerateArray());
        Assert.Equal("registry.example/app:1", message.GetProperty("image").GetString());
        Assert.Equal("no-credential", message.GetProperty("causes")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task With_a_cluster_only_causes_stay_that_fit()
    {
        var outcome = await _place.RunAsync("why", Message, "-f", "app.yaml", "--nodes", "nodes.yaml", "--registries", _place.PathOf("registries.yaml"), "--offline", "--all", "--output", "json");
        Assert.Equal((0, ""), (outcome.Exit, outcome.Error));
        Schemas.Conforms("why.schema.json", outcome.Json);
        var names = outcome.Json.GetProperty("messages")[0].GetProperty("causes").EnumerateArray().Select(c => c.GetProperty("name").GetString()).ToList();
        Assert.Contains("no-credential", names);
        Assert.DoesNotContain("wrong-password", names);
        Assert.DoesNotContain("s3cret", outcome.Output);
    }

    [Theory]
    [InlineData("the quick brown fox")]
    [InlineData("")]
    public async Task What_is_not_understood_is_said_so(string text)
    {
        var outcome = await _place.RunAsync("why", text);
        Assert.Equal((1, ""), (outcome.Exit, outcome.Output));
        Assert.StartsWith("error VIA9075: ", outcome.Error);
        Assert.Contains("kubectl describe pod NAME | viaduct why -", outcome.Error);
    }

    [Theory]
    [InlineData("VIA9033", "-", "-f", "-", "--nodes", "nodes.yaml")]
    [InlineData("VIA9033", "-", "-f", "app.yaml", "--nodes", "-")]
    [InlineData("VIA9001", "toomanyrequests", "--nodes", "nodes.yaml")]
    [InlineData("VIA9001", "toomanyrequests", "--offline")]
    [InlineData("VIA9070", "toomanyrequests", "-f", "app.yaml")]
    public async Task Words_that_do_not_go_together_are_refused(string code, params string[] words)
    {
        var outcome = await _place.RunAsync(["why", .. words]);
        Assert.Equal((2, ""), (outcome.Exit, outcome.Output));
        Assert.StartsWith($"error {code}: ", outcome.Error);
    }

    [Theory]
    [InlineData("docs/cli.md", "    ")]
    [InlineData("README.md", "")]
    public async Task The_document_shows_what_is_printed(string document, string indent)
    {
        var outcome = await _place.RunAsync("why", "Failed to pull image \"registry.example/app:1\": pull QPS exceeded");
        var shown = string.Concat(outcome.Output.TrimEnd('\n').Split('\n').Select(l => l.Length == 0 ? "\n" : $"{indent}{l}\n"));
        Assert.Contains(shown, await File.ReadAllTextAsync(Path.Combine(Root(), document)));

        static string Root([System.Runtime.CompilerServices.CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(file, "..", "..", ".."));
    }

    [Fact]
    public async Task What_is_not_understood_is_not_shown_with_its_secrets() =>
        Assert.DoesNotContain("hunter2", (await _place.RunAsync("why", "the fox of https://robot:hunter2@r.example")).Error);

    [Fact]
    public async Task What_strangers_wrote_does_not_steer_a_terminal() =>
        Assert.DoesNotContain('\u001b', (await _place.RunAsync("why", "toomanyrequests \u001b[2J")).Output);
}
