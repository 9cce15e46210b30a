namespace Viaduct.Cli.Tests;

/// <summary>How <c>viaduct simulate -f</c> is called.</summary>
public sealed class ClusterVerbTests : IDisposable
{
    private const string App = "kind: Pod\napiVersion: v1\nmetadata: {name: foo}\nspec: {containers: [{name: app, image: 'registry.example/app:1'}]}\n";

    private readonly Place _place = new Place().File("app.yaml", App).File("nodes.yaml", "- {name: big, platform: linux/amd64}\n");

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("VIA9033", "-f", "-", "--nodes", "-")]
    [InlineData("VIA9033", "-f", "-", "-f", "-", "--nodes", "nodes.yaml")]
    [InlineData("VIA9001", "--explain", "pod/foo", "x:1")]
    [InlineData("VIA9001", "--strict", "x:1")]
    [InlineData("VIA9001", "--offline", "x:1")]
    [InlineData("VIA9001", "--kubernetes-version", "1.34", "x:1")]
    [InlineData("VIA9001", "--output", "junit", "x:1")]
    [InlineData("VIA9001", "--output", "markdown", "x:1")]
    [InlineData("VIA9001", "--output", "yaml", "-f", "app.yaml")]
    [InlineData("VIA9001", "-f", "app.yaml", "--nodes", "nodes.yaml", "x:1")]
    [InlineData("VIA9001", "-f", "app.yaml", "--nodes", "nodes.yaml", "--deep")]
    [InlineData("VIA9001", "-f", "app.yaml", "--nodes", "nodes.yaml", "--command", "/x")]
    [InlineData("VIA9001", "-f", "app.yaml", "--nodes", "nodes.yaml", "--as", "containerd 1.7")]
    [InlineData("VIA9001", "-f", "app.yaml", "--nodes", "nodes.yaml", "--platform", "linux/amd64")]
    [InlineData("VIA9001", "-f", "app.yaml", "--nodes", "nodes.yaml", "--registry", "r.io")]
    [InlineData("VIA9001", "-f", "app.yaml", "--nodes", "nodes.yaml", "--explain", "pod/foo", "-o", "json")]
    [InlineData("VIA9001", "-f", "app.yaml", "--nodes", "nodes.yaml", "--offline", "--verify-credentials")]
    [InlineData("VIA9001", "-f", "app.yaml", "--nodes", "nodes.yaml", "--kubernetes-version", "2.0")]
    [InlineData("VIA9001", "-f", "app.yaml", "--nodes", "nodes.yaml", "--kubernetes-version", "1.34\u0007")]
    [InlineData("VIA9001", "-f", "app.yaml", "--nodes", "nodes.yaml", "--namespace", "Shop")]
    [InlineData("VIA9001", "-f", "app.yaml", "--nodes", "nodes.yaml", "--provider-answers", "ecr")]
    [InlineData("VIA9001", "-f", "app.yaml", "--nodes", "nodes.yaml", "--exec-providers", "nowhere")]
    [InlineData("VIA9001", "-f", "app.yaml", "--nodes", "nodes.yaml", "--summary", ".")]
    [InlineData("VIA9001", "-f", "app.yaml", "--nodes", "nodes.yaml", "--summary", "")]
    public async Task Words_that_do_not_go_together_are_refused(string code, params string[] words)
    {
        var outcome = await _place.RunAsync(["simulate", .. words]);
        Assert.Equal((2, ""), (outcome.Exit, outcome.Output));
        Assert.StartsWith($"error {code}: ", outcome.Error);
        Assert.DoesNotContain('\u0007', outcome.Error);
    }
}
