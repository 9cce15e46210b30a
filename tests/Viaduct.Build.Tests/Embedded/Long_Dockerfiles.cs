using Viaduct.Oci;

namespace Viaduct.Build.Tests;

/// <summary>What a mebibyte of instructions may cost.</summary>
public sealed class Long_Dockerfiles : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Workspace _workspace = new Workspace().File("a", "A");

    private static string Lines(int count, Func<int, string> line) => "FROM scratch\n" + string.Join('\n', Enumerable.Range(0, count).Select(line));

    private Task<BuiltImage> BuildAsync(string dockerfile) => Task.Run(() => _workspace.BuildAsync(dockerfile)).WaitAsync(Patience);

    [Fact]
    public async Task Many_variables_and_labels_do_not_cost_the_square_of_their_number()
    {
        var config = (await BuildAsync(Lines(40_000, i => i % 2 == 0 ? $"ENV e{i}={i}" : $"LABEL l{i}={i}"))).Config.Container;
        Assert.Equal((20_001, 20_000), (config.Env.Count, config.Labels.Count));
        Assert.Equal(("e0=0", "e39998=39998", "39999"), (config.Env[1], config.Env[^1], config.Labels["l39999"]));
    }

    [Fact]
    public async Task Ranges_of_ports_make_no_more_of_them_than_there_are()
    {
        var config = (await BuildAsync(Lines(5_000, _ => "EXPOSE 0-65535"))).Config.Container;
        Assert.Equal((65_536, "0/tcp", "9999/tcp"), (config.ExposedPorts.Count, config.ExposedPorts[0], config.ExposedPorts[^1]));
    }

    [Fact]
    public async Task Ports_of_a_base_stay_as_they_are_written_and_those_of_a_stage_go_to_the_next()
    {
        var image = await _workspace.BuildAsync("FROM scratch\nEXPOSE 1");
        _workspace.Bases.Add("base", image with { Config = image.Config with { Container = image.Config.Container with { ExposedPorts = ["80/tcp", "81", "7/x", "1-2/udp"] } } });
        Assert.Equal(["80/tcp", "81", "7/x", "1-2/udp"], (await _workspace.BuildAsync("FROM base")).Config.Container.ExposedPorts);
        Assert.Equal(
            ["1-2/udp", "7/x", "80/tcp", "81", "82/tcp", "9/udp"],
            (await _workspace.BuildAsync("FROM base AS b\nEXPOSE 80 82\nFROM b AS unrelated\nEXPOSE 5\nFROM b\nEXPOSE 9/udp\nCOPY --from=unrelated . /")).Config.Container.ExposedPorts);
    }

    [Fact]
    public async Task A_variable_keeps_its_place_whoever_set_it_first()
    {
        var image = await _workspace.BuildAsync("FROM scratch\n");
        _workspace.Bases.Add("base", image with { Config = image.Config with { Container = image.Config.Container with { Env = ["PATH=/", "bare", "twice=1", "twice=2", "last=1"] } } });
        var built = await _workspace.BuildAsync("FROM base AS b\nENV twice=3 bare=4\nFROM b\nENV new=5\nENV last=6");
        Assert.Equal(["PATH=/", "bare=4", "twice=3", "twice=2", "last=6", "new=5"], built.Config.Container.Env);
    }

    [Theory]
    [InlineData("FROM s{0} AS s{1}\n")]
    [InlineData("FROM scratch AS s{1}\nCOPY --from=s{0} /a /a\n")]
    public void As_many_stages_as_are_allowed_may_stand_on_each_other_on_a_small_stack(string stage)
    {
        var chain = "FROM scratch AS s0\nCOPY a /a\n" + string.Concat(Enumerable.Range(1, 999).Select(i => string.Format(stage, i - 1, i))) + "COPY a /b";
        BuiltImage? image = null;
        var thread = new Thread(() => image = _workspace.BuildAsync(chain).GetAwaiter().GetResult(), maxStackSize: 3 << 19);
        thread.Start();
        thread.Join();
        Assert.Equal(2, image!.Config.DiffIds.Count);
    }

    [Theory]
    [InlineData("ENV a=1")]
    [InlineData("EXPOSE 1-9")]
    public async Task Instructions_that_read_nothing_stop_when_they_are_cancelled(string line)
    {
        var request = _workspace.Request("FROM scratch\n" + line);
        await using var spool = new BlobSpool(_workspace.Root);
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _workspace.Builder.KeyAsync(request, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _workspace.Builder.BuildAsync(request, spool, cancelled));
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
