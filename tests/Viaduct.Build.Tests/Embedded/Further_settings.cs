using System.Text;
using Viaduct.Oci;

namespace Viaduct.Build.Tests;

/// <summary>VOLUME, STOPSIGNAL, SHELL, HEALTHCHECK and MAINTAINER; the values are those that BuildKit 0.25 in Docker Engine 28 makes.</summary>
public sealed class Further_settings : IAsyncDisposable
{
    private readonly Workspace _workspace = new Workspace().File("a", "A");

    private async Task<ImageConfig> ConfigAsync(string instructions) => (await _workspace.BuildAsync("FROM scratch\nENV p=/q\n" + instructions)).Config;

    [Theory]
    [InlineData("VOLUME /a b $p", "/a /q b", "VOLUME [/a b /q]")]
    [InlineData("VOLUME [\"/c d\", \"$p/x\", \"/a\"]", "/a /c d /q/x", "VOLUME [/c d /q/x /a]")]
    [InlineData("VOLUME /b\nVOLUME /a /b", "/a /b", "VOLUME [/a /b]")]
    public async Task Volumes_are_paths_with_their_variables_replaced(string instructions, string volumes, string line)
    {
        var config = await ConfigAsync(instructions);
        Assert.Equal((volumes, line), (string.Join(' ', config.Container.Volumes), config.History[^1].CreatedBy));
        Assert.True(config.History[^1].EmptyLayer);
    }

    [Fact]
    public async Task The_last_signal_is_kept_as_it_is_written()
    {
        var config = await ConfigAsync("ENV s=term\nSTOPSIGNAL SIGQUIT\nSTOPSIGNAL sig$s");
        Assert.Equal(("sigterm", "STOPSIGNAL sigterm"), (config.Container.StopSignal, config.History[^1].CreatedBy));
    }

    [Fact]
    public async Task A_shell_starts_the_commands_that_follow_it_and_those_of_children()
    {
        var config = await ConfigAsync("CMD one\nSHELL [\"/bin/bash\", \"-c $p\"]\nENTRYPOINT echo  two");
        Assert.Equal(["/bin/sh", "-c", "one"], config.Container.Cmd);
        Assert.Equal(["/bin/bash", "-c $p", "echo  two"], config.Container.Entrypoint);
        Assert.Equal(["/bin/bash", "-c $p"], config.Container.Shell);
        Assert.Equal("SHELL [/bin/bash -c $p]", config.History[^2].CreatedBy);
        _workspace.Bases.Add("base", await _workspace.BuildAsync("FROM scratch\nSHELL [\"/bin/bash\", \"-c\"]\nCOPY a /a"));
        Assert.Equal(["/bin/bash", "-c", "x"], (await _workspace.BuildAsync("FROM base\nCMD x")).Config.Container.Cmd);
    }

    [Theory]
    [InlineData("--interval=1m30s --retries=10 CMD curl  \"$p\"", "CMD-SHELL|curl  \"$p\"", "&{[\"CMD-SHELL\" \"curl  \\\"$p\\\"\"] \"1m30s\" \"0s\" \"0s\" \"0s\" '\\n'}")]
    [InlineData("--timeout=1500ms --start-period=2h --start-interval=1001us CMD [\"a\\\"\\tb\",\"ä\"]", "CMD|a\"\tb|ä", "&{[\"CMD\" \"a\\\"\\tb\" \"ä\"] \"0s\" \"1.5s\" \"2h0m0s\" \"1.001ms\" '\\x00'}")]
    [InlineData("--interval=0 --retries=0 --timeout= cmd x", "CMD-SHELL|x", "&{[\"CMD-SHELL\" \"x\"] \"0s\" \"0s\" \"0s\" \"0s\" '\\x00'}")]
    [InlineData("none", "NONE", "&{[\"NONE\"] \"0s\" \"0s\" \"0s\" \"0s\" '\\x00'}")]
    [InlineData("--interval=3s NONE", "NONE", "&{[\"NONE\"] \"0s\" \"0s\" \"0s\" \"0s\" '\\x00'}")]
    public async Task A_health_check_is_kept_with_its_times_and_shown_as_docker_shows_it(string check, string test, string line)
    {
        var config = await ConfigAsync("HEALTHCHECK --interval=7s --retries=7 CMD old\nHEALTHCHECK " + check);
        Assert.Equal((test, "HEALTHCHECK " + line), (string.Join('|', config.Container.Healthcheck!.Test), config.History[^1].CreatedBy));
    }

    [Fact]
    public async Task The_times_of_a_health_check_are_nanoseconds()
    {
        var check = (await ConfigAsync("HEALTHCHECK --interval=1s --timeout=2ms --start-period=3m --start-interval=4h --retries=5 CMD x")).Container.Healthcheck!;
        Assert.Equal((1_000_000_000L, 2_000_000L, 180_000_000_000L, 14_400_000_000_000L, 5), (check.Interval, check.Timeout, check.StartPeriod, check.StartInterval, check.Retries));
    }

    [Fact]
    public async Task A_maintainer_is_the_author_and_an_heirloom()
    {
        var image = await _workspace.BuildAsync("FROM scratch\nENV p=1\nMAINTAINER Me $p <a@b>  \nCOPY a /a");
        Assert.Equal(("Me $p <a@b>", "MAINTAINER Me $p <a@b>"), (image.Config.Author, image.Config.History[1].CreatedBy));
        _workspace.Bases.Add("base", image);
        Assert.Equal("Me $p <a@b>", (await _workspace.BuildAsync("FROM base")).Config.Author);
        Assert.Equal("You", (await _workspace.BuildAsync("FROM base AS b\nMAINTAINER You\nFROM b\nENV a=1")).Config.Author);
    }

    [Fact]
    public async Task What_is_written_is_read_again()
    {
        var config = await ConfigAsync("VOLUME /v\nSTOPSIGNAL 9\nSHELL [\"s\"]\nHEALTHCHECK --timeout=1s CMD x\nONBUILD ENV a=$b\nMAINTAINER me");
        Assert.Contains("\"Volumes\":{\"/v\":{}},\"WorkingDir\":\"/\",\"StopSignal\":\"9\",\"Healthcheck\":{\"Test\":[\"CMD-SHELL\",\"x\"],\"Timeout\":1000000000},\"OnBuild\":[\"ENV a=$b\"],\"Shell\":[\"s\"]",
            Encoding.UTF8.GetString(config.ToBytes()));
        Assert.Contains("\"author\":\"me\"", Encoding.UTF8.GetString(config.ToBytes()));
    }

    [Theory]
    [InlineData("VOLUME", "VIA2107")]
    [InlineData("VOLUME []", "VIA2107")]
    [InlineData("VOLUME $nix", "VIA2115")]
    [InlineData("VOLUME [\"\"]", "VIA2115")]
    [InlineData("STOPSIGNAL", "VIA2107")]
    [InlineData("STOPSIGNAL foo", "VIA2115")]
    [InlineData("STOPSIGNAL 999", "VIA2115")]
    [InlineData("SHELL bash", "VIA2107")]
    [InlineData("SHELL []", "VIA2107")]
    [InlineData("SHELL [1]", "VIA2106")]
    [InlineData("MAINTAINER", "VIA2107")]
    [InlineData("HEALTHCHECK", "VIA2107")]
    [InlineData("HEALTHCHECK CMD", "VIA2107")]
    [InlineData("HEALTHCHECK CMD []", "VIA2107")]
    [InlineData("HEALTHCHECK NONE x", "VIA2106")]
    [InlineData("HEALTHCHECK x", "VIA2106")]
    [InlineData("HEALTHCHECK --intervall=1s CMD x", "VIA2109")]
    [InlineData("HEALTHCHECK --interval CMD x", "VIA2106")]
    [InlineData("HEALTHCHECK --interval=1s --interval=2s CMD x", "VIA2106")]
    [InlineData("HEALTHCHECK --interval=3 CMD x", "VIA2115")]
    [InlineData("HEALTHCHECK --interval=0.5ms CMD x", "VIA2115")]
    [InlineData("HEALTHCHECK --interval=-3s CMD x", "VIA2115")]
    [InlineData("HEALTHCHECK --retries=-1 CMD x", "VIA2115")]
    [InlineData("HEALTHCHECK --retries=3000000000 CMD x", "VIA2115")]
    public async Task What_docker_would_not_take_is_refused_with_its_line(string line, string code)
    {
        var error = await _workspace.FailureAsync("FROM scratch\n\n" + line);
        Assert.Equal(code, error.Code);
        Assert.Contains("Dockerfile:3:", error.Where);
    }

    [Fact]
    public async Task Each_counts_in_the_input_key()
    {
        var keys = new HashSet<Digest> { await _workspace.KeyAsync("FROM scratch") };
        foreach (var line in (string[])
        [
            "VOLUME /a", "VOLUME /a /b", "VOLUME [\"/a /b\"]", "STOPSIGNAL 9", "STOPSIGNAL 8", "SHELL [\"a\", \"b\"]", "SHELL [\"a b\"]", "MAINTAINER a", "HEALTHCHECK NONE", "HEALTHCHECK CMD a", "HEALTHCHECK CMD [\"a\"]",
            "HEALTHCHECK --interval=1s CMD a", "HEALTHCHECK --timeout=1s CMD a", "HEALTHCHECK --start-period=1s CMD a", "HEALTHCHECK --start-interval=1s CMD a", "HEALTHCHECK --retries=1 CMD a", "ONBUILD ENV a=1", "ONBUILD ENV  a=1",
        ])
            Assert.True(keys.Add(await _workspace.KeyAsync("FROM scratch\n" + line)), line);
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
