using Viaduct.Build.Dockerfiles;

namespace Viaduct.Build.Tests;

/// <summary>What makes <c>builder: auto</c> take an engine.</summary>
public sealed class Features_of_a_Dockerfile : IAsyncDisposable
{
    private readonly Workspace _workspace = new Workspace().File("a", "A");

    private async Task<string?> OfAsync(string dockerfile) =>
        (await DockerfileFeatures.OfAsync(_workspace.Request(dockerfile), default)).FirstForeign is { } first ? $"{first.Name} {Path.GetFileName(first.Position.File)}:{first.Position.Line}" : null;

    private async Task BaseAsync(string name, string instructions) => _workspace.Bases.Add(name, await _workspace.BuildAsync("FROM scratch\n" + instructions));

    [Theory]
    [InlineData("FROM scratch\nCOPY a /b\nADD a /c", null)]
    [InlineData("FROM absent\nRUN x", "RUN Dockerfile:2")]
    [InlineData("FROM absent AS x\nRUN x\nFROM scratch\nCOPY a /b", null)]
    [InlineData("FROM scratch\nADD https://e.example/a /b", "ADD of an address without --checksum Dockerfile:2")]
    [InlineData("FROM scratch\nADD --checksum=sha256:00 https://e.example/a /b", null)]
    [InlineData("ARG u=https://e.example\nFROM scratch\nARG u\nADD $u/a /b", "ADD of an address without --checksum Dockerfile:4")]
    [InlineData("FROM scratch AS x\nENV u=git@e.example\nFROM x\nADD $u:a /b", "ADD of a git address Dockerfile:4")]
    [InlineData("FROM scratch\nENV d=a\nADD $d /b", null)]
    [InlineData("FROM scratch AS x\nONBUILD RUN x\nFROM x", "RUN Dockerfile:2")]
    [InlineData("FROM scratch\nONBUILD RUN x", null)]
    [InlineData("FROM scratch\nADD $u /b\nRUN ${bad", "RUN Dockerfile:3")]
    public async Task Of_the_Dockerfile_itself(string dockerfile, string? foreign) => Assert.Equal(foreign, await OfAsync(dockerfile));

    [Theory]
    [InlineData("ENV a=1", null)]
    [InlineData("ONBUILD COPY a /b", null)]
    [InlineData("ONBUILD RUN make", "RUN ONBUILD of base:1")]
    [InlineData("ONBUILD ENV a=1\nONBUILD ADD https://e.example/a /b", "ADD of an address without --checksum ONBUILD of base:1")]
    [InlineData("ONBUILD COPY --from=tools /a /b", "ONBUILD COPY --from of a base ONBUILD of base:1")]
    [InlineData("ONBUILD ARG u=https://e.example\nONBUILD ADD $u/a /b", "ADD of an address without --checksum ONBUILD of base:1")]
    public async Task Of_what_a_base_brings_along(string instructions, string? foreign)
    {
        await BaseAsync("base", instructions);
        Assert.Equal(foreign, await OfAsync("FROM base AS one\nCOPY a /c\nFROM scratch\nCOPY --from=one /c /d"));
        Assert.Null(await OfAsync("FROM base AS one\nFROM scratch"));
        var run = (await DockerfileFeatures.OfAsync(_workspace.Request("FROM base"), default)).FirstRun;
        Assert.Equal(foreign?.StartsWith("RUN", StringComparison.Ordinal) ?? false, run is not null);
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
