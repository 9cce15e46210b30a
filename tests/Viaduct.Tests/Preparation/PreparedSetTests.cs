using Viaduct.Build;
using Viaduct.Configuration;
using Viaduct.Oci;
using Viaduct.Preparation;

namespace Viaduct.Tests.Preparation;

/// <summary>Several images in one context.</summary>
public sealed class PreparedSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PreparedSetTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the commands are those of a Unix shell");
        Image("a", """prepare: [{ run: "mkdir -p out/$(ARCH); cp in out/$(ARCH)/o", inputs: [in], outputs: ["out/$(ARCH)"] }]""", "COPY images/a/out/${ARCH} /o").With("images/a/in", "one");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("prepare: [{ run: 'mkdir -p made/$(ARCH)', inputs: ['../..'], outputs: ['made/$(ARCH)'] }]")]
    [InlineData("prepare: [{ run: 'mkdir -p made/$(ARCH)', inputs: ['../a', '*'], outputs: ['made/$(ARCH)'] }]")]
    [InlineData("prepare: [{ run: 'mkdir -p made/$(ARCH)', inputs: ['../../images/*/*'], outputs: ['made/$(ARCH)'] }]")]
    public async Task What_is_made_for_one_image_does_not_change_another(string prepare)
    {
        Image("b", prepare, "COPY . /all");
        var before = await KeyAsync("b");

        await RunAsync("a");
        Assert.Equal(before, await KeyAsync("b"));
        await RunAsync("b");
        Assert.Equal(before, await KeyAsync("b"));

        _folder.With("images/a/in", "two");
        Assert.NotEqual(before, await KeyAsync("b"));
    }

    [Fact]
    public async Task Nor_does_another_image_see_it()
    {
        Image("b", "", "COPY images/a/out/${ARCH} /o");
        await RunAsync("a");
        var image = Find("b");
        await using var spool = new BlobSpool(Path.Combine(_folder.Path, "spool"));

        var request = Requests.For(image, image.Platforms[0], null!) with { Prepared = await RunAsync("b") };
        var error = await Assert.ThrowsAsync<ViaductException>(() => new EmbeddedBuilder().BuildAsync(request, spool, default));

        Assert.Equal("VIA2121", error.Code);
    }

    [Fact]
    public async Task An_image_in_another_folder_has_nothing_to_do_with_it()
    {
        _folder.With("images/b/Dockerfile", "FROM scratch\n").With("images/ab/Dockerfile", "FROM scratch\n");

        Assert.Null(await RunAsync("b"));
        Assert.Null(await RunAsync("ab"));
    }

    [Theory]
    [InlineData("../b")]
    [InlineData("../b/src")]
    [InlineData("../b/Dockerfile")]
    public void What_another_image_is_built_from_is_not_made_by_a_step(string output)
    {
        Image("a", $$"""prepare: [{ run: make, inputs: [], outputs: ['{{output}}'] }]""", "");
        _folder.With("images/b/Dockerfile", "FROM scratch\n").With("images/b/image.yaml", "context: src\n");

        var error = Assert.Throws<ViaductException>(() => Find("b"));

        Assert.Equal("VIA2033", error.Code);
        Assert.Contains(" is built from", error.Message);
    }

    private TemporaryFolder Image(string name, string yaml, string instruction) => _folder
        .With($"images/{name}/Dockerfile", $"FROM scratch\nARG ARCH\n{instruction}\n")
        .With($"images/{name}/image.yaml", $"context: ../..\n{yaml}\n");

    private ImageDefinition Find(string name) => ImageSetReader.Read(_folder.Path, new SetOverrides()).Images.Single(i => i.Name == name);

    private Preparer Preparer() => new(Path.Combine(_folder.Path, ".viaduct"), 0, null);

    private Task<PreparedOutputs?> RunAsync(string name) => Preparer().PrepareAsync(Find(name), Platform.Parse("linux/amd64"), default);

    private async Task<Digest> KeyAsync(string name)
    {
        var (image, platform) = (Find(name), Platform.Parse("linux/amd64"));
        var request = Requests.For(image, platform, null!) with { Prepared = await Preparer().KeyAsync(image, platform, default) };
        return await new EmbeddedBuilder().KeyAsync(request, default);
    }
}
