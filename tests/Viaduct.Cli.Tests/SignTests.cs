namespace Viaduct.Cli.Tests;

/// <summary><c>sign:</c> of viaduct.yaml, as the verbs that move tags carry it out.</summary>
public sealed class SignTests : IAsyncLifetime
{
    private readonly Place _place = new Place().Image("hello");
    private Served _served = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the command is that of a Unix shell");
        _served = await _place.ServeAsync();
        _place.File("viaduct.yaml", $"registry: {_served.Address}\nsign: 'echo $VIADUCT_TAGS >> asked; exit 9'\n");
    }

    public async ValueTask DisposeAsync()
    {
        if (_served is not null) await _served.DisposeAsync();
        _place.Dispose();
    }

    [Theory]
    [InlineData("push")]
    [InlineData("assemble")]
    public async Task What_was_pushed_is_told_although_it_is_not_signed(string verb)
    {
        if (verb == "assemble") Assert.Equal(0, (await _place.RunAsync("push", "--no-sign")).Exit);
        Assert.False(File.Exists(_place.PathOf("asked")));
        var outcome = await _place.RunAsync(verb == "push" ? [verb, "--metadata", "m.json"] : [verb, "--record", "m.json"]);
        Assert.Equal(1, outcome.Exit);
        Assert.Contains("hello:latest", outcome.Output);
        Assert.StartsWith("error VIA5086: viaduct.yaml:2:7: 'echo $VIADUCT_TAGS >> asked; exit 9' failed with exit code 9", outcome.Error);
        Assert.Contains($"these are not signed: {_served.Address}/hello@sha256:", outcome.Error);
        Assert.True(File.Exists(_place.PathOf("m.json")));
        Assert.Equal("latest\n", File.ReadAllText(_place.PathOf("asked")));
    }

    [Fact]
    public async Task What_no_node_could_run_is_not_signed()
    {
        _place.Program("app", "linux/amd64, linux/arm64", ("amd64", "amd64"), ("arm64", "amd64"));
        var outcome = await _place.RunAsync("push", "--simulate");
        Assert.Equal((6, "note: nothing is signed, because the lists did not stand the simulation\n"), (outcome.Exit, outcome.Error));
        Assert.False(File.Exists(_place.PathOf("asked")));
    }

    [Fact]
    public async Task A_list_that_is_named_is_no_work_of_the_set()
    {
        var outcome = await _place.RunAsync("assemble", $"{_served.Address}/x:1", $"{_served.Address}/y:1", "--no-sign");
        Assert.Equal(2, outcome.Exit);
        Assert.StartsWith("error VIA9001: --no-sign is for the lists of the set", outcome.Error);
    }

    [Fact]
    public async Task Where_it_comes_from_is_explained() =>
        Assert.Contains("viaduct.yaml:2:7", (await _place.RunAsync("plan", "--explain")).Output);
}
