using Viaduct.Oci;

namespace Viaduct.Build.Tests;

public sealed class Stages_and_arguments : IAsyncDisposable
{
    private readonly Workspace _workspace = new Workspace().File("a", "A").File("b", "B");

    private async Task<string> LabelAsync(string dockerfile, string platform = "linux/amd64")
    {
        var image = await _workspace.BuildAsync(dockerfile, platform);
        return string.Join(' ', image.Config.Container.Labels.OrderBy(l => l.Key).Select(l => l.Value));
    }

    [Theory]
    [InlineData("ARG v=1\nFROM scratch\nLABEL l=$v", "")]
    [InlineData("ARG v=1\nFROM scratch\nARG v\nLABEL l=$v", "1")]
    [InlineData("ARG v=1\nFROM scratch\nARG v=2\nLABEL l=$v", "2")]
    [InlineData("ARG v=1\nARG w=$v-2\nFROM scratch\nARG w\nLABEL l=$w", "1-2")]
    [InlineData("FROM scratch\nARG v\nLABEL l=${v-unset}", "unset")]
    [InlineData("FROM scratch\nARG v=\nLABEL l=${v-unset}", "")]
    [InlineData("FROM scratch\nLABEL l=$v\nARG v=2", "")]
    [InlineData("FROM scratch\nARG v=1\nENV v=2\nLABEL l=$v", "2")]
    [InlineData("FROM scratch\nARG v=1\nENV v=2\nARG v=3\nLABEL l=$v", "3")]
    [InlineData("FROM scratch\nENV a=1\nENV a=2 b=$a\nLABEL l=$b", "1")]
    [InlineData("FROM scratch\nARG v=1 w=$v\nLABEL l=$w", "1")]
    [InlineData("FROM scratch AS one\nARG v=1\nENV e=$v\nFROM one\nLABEL l=${v:-none} m=$e", "none 1")]
    [InlineData("FROM scratch\nLABEL l='$v' m=\"a b\" n=a\\ b", "$v a b a b")]
    [InlineData("FROM scratch\nLABEL l=$PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")]
    [InlineData("FROM scratch\nARG passed\nLABEL l=$passed", "p")]
    [InlineData("FROM scratch\nARG passed=default\nLABEL l=$passed", "p")]
    [InlineData("ARG passed=default\nFROM scratch\nARG passed=other\nLABEL l=$passed", "p")]
    [InlineData("FROM scratch\nLABEL l=$passed", "")]
    [InlineData("FROM scratch\nLABEL l=$HTTP_PROXY", "")]
    public async Task Arguments_are_seen_where_they_are_declared(string dockerfile, string label)
    {
        _workspace.Args["passed"] = "p";
        _workspace.Args["HTTP_PROXY"] = "http://proxy";
        Assert.Equal(label, await LabelAsync(dockerfile));
    }

    [Theory]
    [InlineData("linux/amd64", "linux/amd64 linux amd64 ")]
    [InlineData("linux/arm/v7", "linux/arm/v7 linux arm v7")]
    [InlineData("linux/arm64/v8", "linux/arm64 linux arm64 ")]
    [InlineData("linux/arm/v6", "linux/arm/v6 linux arm v6")]
    public async Task The_target_platform_is_an_argument_once_declared(string platform, string label)
    {
        Assert.Equal(label, await LabelAsync("FROM scratch\nARG TARGETPLATFORM TARGETOS TARGETARCH TARGETVARIANT\nLABEL l=\"$TARGETPLATFORM $TARGETOS $TARGETARCH $TARGETVARIANT\"", platform));
        Assert.Equal("", await LabelAsync("FROM scratch\nLABEL l=$TARGETARCH", platform));
    }

    [Fact]
    public async Task The_config_says_the_platform_as_it_was_asked_for()
    {
        Assert.Equal(Platform.Parse("linux/arm64/v8"), (await _workspace.BuildAsync("FROM scratch\n", "linux/arm64/v8")).Config.Platform);
        var image = await _workspace.BuildAsync("FROM --platform=linux/386 scratch\n", "linux/arm/v7");
        Assert.Equal((Platform.Parse("linux/arm/v7"), Platform.Parse("linux/arm/v7")), (image.Platform, image.Config.Platform));
    }

    [Fact]
    public async Task Files_are_copied_from_stages_by_name_by_number_and_with_their_owners()
    {
        const string Stages = "FROM scratch AS One\nCOPY --chown=7:8 --chmod=0640 a /x/a\nFROM scratch\n";
        Assert.Equal("640 7:8 y = A", await _workspace.FilesAsync(Stages + "COPY --from=one /x/a /y"));
        Assert.Equal("640 7:8 y = A", await _workspace.FilesAsync(Stages + "COPY --from=0 x/a /y"));
        Assert.Equal("640 9:9 y = A", await _workspace.FilesAsync(Stages + "COPY --from=ONE --chown=9 /x/* /y"));
        Assert.Equal("640 7:8 y = A", await _workspace.FilesAsync(Stages + "COPY --from=one ../../x/a /y"));
    }

    [Theory]
    [InlineData("FROM scratch\nCOPY --from=1 a /x", "VIA2113")]
    [InlineData("FROM scratch AS s\nCOPY --from=s a /x", "VIA2114")]
    [InlineData("FROM scratch AS s\nCOPY --from=t a /x\nFROM s AS t", "VIA2114")]
    [InlineData("FROM scratch\nCOPY --from=$x a /x", "VIA2115")]
    [InlineData("FROM $nothing", "VIA2115")]
    [InlineData("FROM --platform=$nothing scratch", "VIA2115")]
    [InlineData("FROM ${x:?why}", "VIA2112")]
    [InlineData("FROM scratch AS s\nFROM scratch\nCOPY --from=s nothing /x", "VIA2121")]
    [InlineData("FROM scratch\nLABEL l=${x", "VIA2112")]
    [InlineData("FROM scratch\nLABEL $x=1", "VIA2115")]
    [InlineData("FROM scratch\nEXPOSE 70000", "VIA2115")]
    public async Task Mistakes_between_stages_are_named(string dockerfile, string code)
    {
        var error = await _workspace.FailureAsync(dockerfile);
        Assert.Equal(code, error.Code);
        Assert.Contains("Dockerfile:", error.Where);
    }

    [Fact]
    public async Task The_target_is_a_stage_by_name_or_number()
    {
        const string Stages = "FROM scratch AS one\nCOPY a /one\nFROM scratch AS two\nCOPY b /two\n";
        Assert.Equal("644 0:0 one = A", await _workspace.FilesAsync(Stages, "ONE"));
        Assert.Equal("644 0:0 one = A", await _workspace.FilesAsync(Stages, "0"));
        Assert.Equal("644 0:0 two = B", await _workspace.FilesAsync(Stages));
        var error = await _workspace.FailureAsync(Stages, "tow");
        Assert.Equal(("VIA2113", "Did you mean two?"), (error.Code, error.Todo));
    }

    [Theory]
    [InlineData("FROM scratch\nRUN x", "VIA2110")]
    [InlineData("FROM scratch\nADD https://example.com/a /b", "VIA2111")]
    [InlineData("FROM scratch\nADD --keep-git-dir a /b", "VIA2111")]
    [InlineData("FROM scratch AS s\nRUN x\nFROM scratch\nCOPY --from=s /x /x", "VIA2110")]
    [InlineData("FROM scratch AS s\nRUN x\nFROM s", "VIA2110")]
    public async Task What_needs_another_builder_is_refused_with_its_position(string dockerfile, string code)
    {
        var error = await _workspace.FailureAsync(dockerfile);
        Assert.Equal(code, error.Code);
        Assert.StartsWith(_workspace.Dockerfile + ":2:", error.Where);
        Assert.Contains("docker", error.Todo);
    }

    [Fact]
    public async Task A_stage_that_the_target_does_not_need_may_hold_anything()
    {
        Assert.Equal("644 0:0 x = A", await _workspace.FilesAsync("FROM golang AS build\nRUN go build\nADD x /y\nFROM scratch\nCOPY a /x\n"));
        Assert.Equal(0, _workspace.Bases.Opened);
    }

    [Fact]
    public void Bases_are_the_images_that_needed_stages_name()
    {
        IReadOnlyList<string> Of(string dockerfile, string? target = null) => DockerfileBases.Of(_workspace.Request(dockerfile, target: target));
        Assert.Empty(Of("FROM scratch\n"));
        Assert.Equal(["pause"], Of("FROM pause\n"));
        Assert.Equal(["reg.example/x:1"], Of("ARG B=reg.example/x\nARG T=1\nFROM $B:$T AS b\nFROM b\n"));
        Assert.Equal(["base", "tools", "mounted"], Of("FROM unused AS u\nFROM tools AS t\nRUN --mount=type=bind,from=mounted,target=/m x\nFROM base\nCOPY --from=t /x /x\nCOPY --from=tools /y /y\n"));
        Assert.Equal(["unused"], Of("FROM unused AS u\nFROM tools AS t\n", "u"));
    }

    [Fact]
    public void Features_tell_where_the_first_RUN_of_a_needed_stage_stands()
    {
        DockerfileFeatures Of(string dockerfile) => DockerfileFeatures.Of(_workspace.Request(dockerfile));
        Assert.Equal(new DockerfileFeatures(null, null), Of("FROM x\nRUN y\nFROM scratch\nCOPY a /b"));
        Assert.Equal(3, Of("FROM scratch\nADD git@a:b /b\nRUN y").FirstRun?.Line);
        Assert.Equal(("ADD of a git address", 2), Of("FROM scratch\nADD git@a:b /b\nRUN y").FirstForeign is { } f ? (f.Name, f.Position.Line) : default);
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
