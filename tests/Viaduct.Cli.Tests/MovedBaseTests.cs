namespace Viaduct.Cli.Tests;

/// <summary>A base that another set pushes to the same registry, and that moves for one platform only.</summary>
public sealed class MovedBaseTests : IAsyncLifetime
{
    private readonly Place _host = new();
    private readonly Place _base = new();
    private Served _registry = null!;

    public async ValueTask InitializeAsync()
    {
        _registry = await _host.ServeAsync();
        _host.File("images/app/Dockerfile", $"FROM {_registry.Address}/base/hello\nCOPY own.txt /\n").File("images/app/own.txt", "own\n")
            .File("images/other/Dockerfile", "FROM app\nCOPY own.txt /other.txt\n").File("images/other/own.txt", "other\n");
        _base.Image("hello", dockerfile: "FROM scratch\nARG TARGETARCH\nCOPY ${TARGETARCH}.txt /\n").File("images/hello/amd64.txt", "a\n").File("images/hello/arm64.txt", "b\n");
        await BaseAsync();
        Assert.Equal(0, (await _host.RunAsync("push", "--registry", $"{_registry.Address}/team")).Exit);
    }

    public async ValueTask DisposeAsync()
    {
        await _registry.DisposeAsync();
        _base.Dispose();
        _host.Dispose();
    }

    [Fact]
    public async Task Is_the_reason_for_the_platform_for_which_it_moved()
    {
        Assert.Equal((0, "No base has moved.\n"), await PlanAsync("--check", "--bases"));
        _base.File("images/hello/arm64.txt", "c\n");
        await BaseAsync();
        var now = (await _base.RunAsync("inspect", $"{_registry.Address}/base/hello-arm64", "-o", "json")).Json.GetProperty("digest").GetString()!;
        var (exit, text) = await PlanAsync("--check", "--bases");
        Assert.Equal(3, exit);
        Assert.Equal($"app linux/arm64 {_registry.Address}/base/hello {now}", System.Text.RegularExpressions.Regex.Replace(text.Split('\n')[1], " +", " "));
        Assert.DoesNotContain("linux/amd64", text);

        var json = (await _host.RunAsync("plan", "--registry", $"{_registry.Address}/team", "-o", "json")).Json;
        Schemas.Conforms("plan.schema.json", json);
        var builds = json.GetProperty("steps").EnumerateArray().Where(s => s.GetProperty("step").GetString() == "build").ToList();
        Assert.Equal(["app", "other"], builds.Select(b => b.GetProperty("image").GetString()));
        Assert.Equal(now, builds[0].GetProperty("movedBase").GetProperty("digest").GetString());
        Assert.StartsWith($"its base {_registry.Address}/base/hello moved to ", builds[0].GetProperty("reason").GetString());
        Assert.False(builds[1].TryGetProperty("movedBase", out _));

        Assert.Equal(0, (await _host.RunAsync("push", "--registry", $"{_registry.Address}/team", "--move-tag")).Exit);
        Assert.Equal((0, "No base has moved.\n"), await PlanAsync("--check", "--bases"));
    }

    [Fact]
    public async Task Is_not_the_reason_where_files_have_changed()
    {
        _host.File("images/app/own.txt", "changed\n");
        Assert.Equal((0, "No base has moved.\n"), await PlanAsync("--check", "--bases"));
        var (exit, text) = await PlanAsync("--check");
        Assert.Equal(3, exit);
        Assert.Contains("its inputs changed", text);
    }

    private async Task BaseAsync() => Assert.Equal(0, (await _base.RunAsync("push", "--registry", $"{_registry.Address}/base", "--move-tag")).Exit);

    private async Task<(int, string)> PlanAsync(params string[] words)
    {
        var outcome = await _host.RunAsync(["plan", "--registry", $"{_registry.Address}/team", .. words]);
        return (outcome.Exit, outcome.Output);
    }
}
