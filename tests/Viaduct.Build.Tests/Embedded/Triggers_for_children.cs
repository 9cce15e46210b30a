using System.Text;
using Viaduct.Oci;

namespace Viaduct.Build.Tests;

/// <summary>ONBUILD: kept in the config of an image, executed at the beginning of whatever is built upon it.</summary>
public sealed class Triggers_for_children : IAsyncDisposable
{
    private readonly Workspace _workspace = new Workspace().File("a", "A").File("b", "B");

    private async Task BaseAsync(string instructions) => _workspace.Bases.Add("base", await _workspace.BuildAsync("FROM scratch\nENV p=/q\n" + instructions));

    [Theory]
    [InlineData("ONBUILD   COPY a \\\n   /b   ", "COPY a    /b   ")]
    [InlineData("onbuild env x=$p", "env x=$p")]
    [InlineData("ONBUILD RUN make", "RUN make")]
    [InlineData("ONBUILD COPY --from=other /a /b", "COPY --from=other /a /b")]
    [InlineData("ONBUILD COPY <<EOF <<-\"X\" /d/\n$a\nEOF\n\tb\n\tX\nONBUILD ENV b=1", "COPY <<EOF <<-\"X\" /d/\n$a\nEOF\nb\nX|ENV b=1")]
    public async Task They_are_kept_as_they_are_written_and_have_no_line_in_the_history(string instructions, string kept)
    {
        var image = await _workspace.BuildAsync("FROM scratch\n" + instructions);
        Assert.Equal(kept, string.Join('|', image.Config.Container.OnBuild));
        Assert.Empty(image.Config.History);
        Assert.Single(image.Blobs);
    }

    [Fact]
    public async Task A_child_executes_them_before_its_own_and_passes_none_on()
    {
        await BaseAsync("USER 3\nONBUILD ARG v=1\nONBUILD ENV x=$p$v\nONBUILD WORKDIR /w\nONBUILD COPY a ./c\nONBUILD CMD go");
        _workspace.Args["v"] = "2";
        var image = await _workspace.BuildAsync("FROM base\nENTRYPOINT [\"e\"]\nLABEL l=$x$v");
        var container = image.Config.Container;
        Assert.Equal(("/q22", "/w", "/bin/sh -c go"), (container.Labels["l"], container.WorkingDir, string.Join(' ', container.Cmd)));
        Assert.Empty(container.OnBuild);
        Assert.Equal(["ENV p=/q", "USER 3", "ARG v", "ENV x=/q2", "WORKDIR /w", "COPY a ./c", "CMD [\"/bin/sh\" \"-c\" \"go\"]", "ENTRYPOINT [\"e\"]", "LABEL l=/q22"], image.Config.History.Select(h => h.CreatedBy));
        Assert.Equal(["755 3:3 w/", "644 0:0 w/c = A"], (await Workspace.LayersAsync(image)).SelectMany(l => l));

        _workspace.Bases.Add("child", image);
        Assert.Equal(image.Config.History.Count + 1, (await _workspace.BuildAsync("FROM child\nENV z=1")).Config.History.Count);
    }

    [Fact]
    public async Task A_child_may_leave_triggers_of_its_own()
    {
        await BaseAsync("ONBUILD ENV a=1");
        _workspace.Bases.Add("child", await _workspace.BuildAsync("FROM base\nONBUILD ENV b=$a"));
        Assert.Equal("1", (await _workspace.BuildAsync("FROM child\nLABEL l=$b")).Config.Container.Labels["l"]);
    }

    [Fact]
    public async Task Those_of_a_stage_reach_the_stages_that_stand_on_it()
    {
        var files = await _workspace.FilesAsync("FROM scratch AS src\nCOPY a /s\nFROM scratch AS one\nONBUILD COPY --from=src /s /t\nONBUILD COPY b /u\nFROM one\nENV a=1");
        Assert.Equal("644 0:0 t = A\n--\n644 0:0 u = B", files);
        Assert.Equal("", await _workspace.FilesAsync("FROM scratch AS one\nONBUILD COPY b /u\nFROM scratch AS two\nFROM one AS three\nFROM two"));
    }

    [Fact]
    public async Task They_are_read_without_the_directives_of_their_file()
    {
        await BaseAsync("ONBUILD LABEL l=a\\ b");
        Assert.Equal("a b", (await _workspace.BuildAsync("FROM base")).Config.Container.Labels["l"]);
        Assert.Equal("a b", (await _workspace.BuildAsync("# escape=`\nFROM scratch AS one\nONBUILD LABEL l=\"a b\"\nFROM one")).Config.Container.Labels["l"]);
    }

    [Fact]
    public async Task What_they_read_counts_in_the_childs_key()
    {
        await BaseAsync("ONBUILD ARG v\nONBUILD COPY a /a");
        var keys = new HashSet<Digest> { await _workspace.KeyAsync("FROM base") };
        _workspace.File("b", "X");
        Assert.False(keys.Add(await _workspace.KeyAsync("FROM base")));
        _workspace.File("a", "X");
        Assert.True(keys.Add(await _workspace.KeyAsync("FROM base")));
        Assert.Equal(0, _workspace.Bases.Opened);
        Assert.Equal(await _workspace.KeyAsync("FROM base"), Digest.Parse((await _workspace.BuildAsync("FROM base")).Manifest.AsImage().Annotations[Annotations.InputKey]));
        Assert.Equal(["ARG v", "COPY a /a"], DockerfileBases.OnBuildOf(_workspace.Request("FROM base AS b\nONBUILD ENV x=1\nFROM b\nONBUILD ARG v\nONBUILD COPY a /a")));
    }

    [Theory]
    [InlineData("ONBUILD", "VIA2107")]
    [InlineData("ONBUILD ONBUILD ENV a=1", "VIA2106")]
    [InlineData("ONBUILD FROM x", "VIA2106")]
    [InlineData("ONBUILD maintainer x", "VIA2106")]
    [InlineData("ONBUILD FOO x", "VIA2108")]
    [InlineData("ONBUILD EXPOSE", "VIA2107")]
    [InlineData("ONBUILD --x ENV a=1", "VIA2109")]
    [InlineData("ONBUILD COPY --x a b", "VIA2109")]
    public async Task What_no_child_could_execute_is_refused(string line, string code)
    {
        var error = await _workspace.FailureAsync("FROM scratch\n\n" + line);
        Assert.Equal(code, error.Code);
        Assert.Contains("Dockerfile:3:", error.Where);
    }

    [Fact]
    public async Task A_line_of_nothing_but_ONBUILD_is_refused_however_long()
    {
        var error = await _workspace.FailureAsync("FROM scratch\n" + string.Concat(Enumerable.Repeat("ONBUILD ", 100_000)));
        Assert.Equal("VIA2106", error.Code);
    }

    [Theory]
    [InlineData("RUN make", "VIA2110", "ONBUILD of bad:1:1")]
    [InlineData("COPY --from=x /a /b", "VIA2145", "Dockerfile:1:6")]
    [InlineData("ONBUILD ENV a=1", "VIA2106", "ONBUILD of bad:1:1")]
    [InlineData("FROM x", "VIA2106", "ONBUILD of bad:1:1")]
    [InlineData("ENV a=1\nENV b=2", "VIA2106", "ONBUILD of bad:1:1")]
    [InlineData("# escape=`\nENV a=1", "VIA2106", "ONBUILD of bad:2:1")]
    [InlineData("", "VIA2106", "ONBUILD of bad:1:1")]
    [InlineData("COPY missing /", "VIA2121", "ONBUILD of bad:1:6")]
    public async Task What_a_base_brings_and_cannot_be_done_is_named(string trigger, string code, string where)
    {
        var image = await _workspace.BuildAsync("FROM scratch\nCOPY a /a");
        _workspace.Bases.Add("bad", image with { Config = image.Config with { Container = image.Config.Container with { OnBuild = [trigger] } } });
        var error = await _workspace.FailureAsync("FROM bad");
        Assert.Equal(code, error.Code);
        Assert.EndsWith(where, error.Where);
    }

    [Fact]
    public async Task A_RUN_for_children_asks_for_an_engine_where_it_is_executed()
    {
        DockerfileFeatures Of(string dockerfile) => DockerfileFeatures.Of(_workspace.Request(dockerfile));
        Assert.Null(Of("FROM scratch\nONBUILD RUN x").FirstRun);
        Assert.Equal(2, Of("FROM scratch AS a\nONBUILD RUN x\nFROM a").FirstRun?.Line);
        Assert.Equal("VIA2110", (await _workspace.FailureAsync("FROM scratch AS a\nONBUILD RUN x\nFROM a")).Code);
    }

    [Fact]
    public async Task Ten_thousand_of_them_are_kept_at_once()
    {
        var image = await _workspace.BuildAsync("FROM scratch\n" + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"ONBUILD ENV a{i}=1\nVOLUME /{i}\n")));
        Assert.Equal((10_000, 10_000), (image.Config.Container.OnBuild.Count, image.Config.Container.Volumes.Count));
        Assert.DoesNotContain("\\n", Encoding.UTF8.GetString(image.Config.ToBytes()));
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
