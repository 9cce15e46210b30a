using Viaduct.Manifests;
using Viaduct.Oci;

namespace Viaduct.Tests.Manifests;

public sealed class AnnotateTests : IAsyncLifetime
{
    private ListBed _bed = null!;

    public async ValueTask InitializeAsync()
    {
        _bed = await ListBed.StartAsync();
        await _bed.ImageAsync("a:1", new Platform("windows", "amd64") { OsVersion = "10.0.1", OsFeatures = ["win32k"] });
        await _bed.ImageAsync("b:1", new Platform("", ""));
        await _bed.CreateAsync("app:1", "a:1", "b:1");
        _bed.Forget();
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task What_is_given_is_set_and_all_else_stays()
    {
        await _bed.AnnotateAsync(new("app:1", "a:1") { Variant = "v3", OsFeatures = ["a", "b", "b", "win32k"] });
        await _bed.AnnotateAsync(new("app:1", "b:1") { Os = "linux", Architecture = "arm", Variant = "v7", OsVersion = "6" });

        Assert.Equal("windows(10.0.1)/amd64/v3 win32k a b", await PlatformAsync("a:1"));
        Assert.Equal("linux(6)/arm/v7 ", await PlatformAsync("b:1"));
        Assert.Empty(_bed.Requests);
    }

    [Fact]
    public async Task What_can_be_set_can_be_cleared_before_it_is_set()
    {
        await _bed.AnnotateAsync(new("app:1", "a:1") { Variant = "v3", Annotations = new Dictionary<string, string> { ["k"] = "1", ["l"] = "1" } });
        await _bed.AnnotateAsync(new("app:1", "a:1") { Clear = ["variant", "os-version", "os-features", "annotation:k"], OsFeatures = ["new"] });
        Assert.Equal("windows/amd64 new", await PlatformAsync("a:1"));
        Assert.Equal("l", Assert.Single((await EntryAsync("a:1")).Annotations).Key);

        await _bed.AnnotateAsync(new("app:1", "a:1") { Clear = ["annotations"] });
        Assert.Empty((await EntryAsync("a:1")).Annotations);
        Assert.Contains(_bed.Notes, n => n.Contains("annotations"));
    }

    // Recorded from docker 28.5.2: it prints the words that were typed, and nothing for those that were not.
    [Theory]
    [InlineData("a:1", "", "sparc", "/sparc", null)]
    [InlineData("a:1", "linuks", "", "linuks/", "linux/amd64")]
    [InlineData("a:1", "", "x86_64", "/x86_64", "windows/amd64")]
    [InlineData("a:1", "", "arm46", "/arm46", "windows/arm64")]
    [InlineData("b:1", "", "", "/", null)]
    [InlineData("b:1", "linux", "", "linux/", null)]
    [InlineData("a:1", "", "s390x", "/s390x", null)]
    [InlineData("a:1", "darwin", "mips", "darwin/mips", null)]
    [InlineData("a:1", "js", "386", "js/386", null)]
    public async Task Platforms_that_nobody_knows_are_refused_in_docker_s_words(string image, string os, string architecture, string words, string? nearest)
    {
        var before = await File.ReadAllBytesAsync(_bed.FileOf("app:1", image), TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<ManifestException>(() => _bed.AnnotateAsync(new("app:1", image) { Os = os, Architecture = architecture }));

        Assert.Equal($"manifest entry for image has unsupported os/arch combination: {words}", error.Words);
        Assert.Equal(nearest is not null, error.HasMore);
        if (nearest is not null) Assert.EndsWith(nearest, error.Message);
        Assert.Equal(before, await File.ReadAllBytesAsync(_bed.FileOf("app:1", image), TestContext.Current.CancellationToken));
    }

    // docker/cli cli/command/manifest/util.go, then what has come since 2018.
    [Theory]
    [InlineData("darwin/386 darwin/amd64 darwin/arm darwin/arm64 dragonfly/amd64 freebsd/386 freebsd/amd64 freebsd/arm linux/386 linux/amd64 linux/arm linux/arm64 linux/ppc64le linux/mips64 "
        + "linux/mips64le linux/riscv64 linux/s390x netbsd/386 netbsd/amd64 netbsd/arm openbsd/386 openbsd/amd64 openbsd/arm plan9/386 plan9/amd64 solaris/amd64 windows/386 windows/amd64")]
    [InlineData("windows/arm64 linux/loong64 linux/mips freebsd/arm64 freebsd/riscv64 openbsd/ppc64 aix/ppc64 android/arm64 ios/arm64 illumos/amd64 js/wasm wasip1/wasm")]
    public async Task All_pairs_that_docker_takes_are_taken_and_those_that_came_later(string pairs)
    {
        foreach (var pair in pairs.Split(' '))
        {
            await _bed.AnnotateAsync(new("app:1", "a:1") { Os = pair.Split('/')[0], Architecture = pair.Split('/')[1], Variant = "any" });
            Assert.StartsWith($"{pair}/any ", (await PlatformAsync("a:1")).Replace("(10.0.1)", "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Files_of_editors_beside_an_image_do_not_keep_it_from_being_annotated()
    {
        var junk = Path.Combine(Path.GetDirectoryName(_bed.FileOf("app:1", "a:1"))!, ".x.swp");
        await File.WriteAllTextAsync(junk, "b0VIM", TestContext.Current.CancellationToken);

        await _bed.AnnotateAsync(new("app:1", "a:1") { Variant = "v3" });

        Assert.Equal("VIA5130", (await Assert.ThrowsAnyAsync<ViaductException>(() => _bed.AnnotateAsync(new("app:1", "c:1") { Variant = "v3" }))).Code);
        File.Delete(junk);
        Assert.StartsWith("windows(10.0.1)/amd64/v3", await PlatformAsync("a:1"));
    }

    [Fact]
    public async Task Images_and_lists_that_are_not_there_are_named_as_they_were_typed()
    {
        var image = await Assert.ThrowsAsync<ManifestException>(() => _bed.AnnotateAsync(new("app:1", "a:2")));
        Assert.Equal($"manifest for image {_bed.Full("a:2")} does not exist in {_bed.Full("app:1")}", image.Words);
        Assert.Equal($"Did you mean {_bed.Full("a:1")}?", image.Todo);

        var list = await Assert.ThrowsAsync<ManifestException>(() => _bed.AnnotateAsync(new("nothing", "a:1")));
        Assert.Equal($"manifest for image {_bed.Full("a:1")} does not exist in {_bed.Full("nothing")}", list.Words);
    }

    [Theory]
    [InlineData("FOO", "x", "annotate: error parsing name for manifest list FOO: invalid reference format: repository name (library/FOO) must be lowercase")]
    [InlineData("l", "x@sha256:short", "annotate: error parsing name for manifest x@sha256:short: invalid reference format")]
    public async Task Bad_names_are_refused_as_docker_does(string list, string image, string words) =>
        Assert.Equal(words, (await Assert.ThrowsAsync<ManifestException>(() => new ListAnnotator(_bed.Context).AnnotateAsync(new(list, image), default))).Words);

    [Fact]
    public async Task The_list_itself_can_be_annotated()
    {
        await _bed.AnnotateAsync(new("app:1", null) { Annotations = new Dictionary<string, string> { ["k"] = "1", ["l"] = "1" } });
        await _bed.AnnotateAsync(new("app:1", null) { Clear = ["annotation:k"], Annotations = new Dictionary<string, string> { ["m"] = "1" } });
        Assert.Equal(["l", "m"], (await _bed.FindAsync("app:1")).Companion.Annotations.Keys.Order());

        Assert.Equal($"No such manifest: {_bed.Full("none:latest")}", (await Assert.ThrowsAsync<ManifestException>(() => _bed.AnnotateAsync(new("none", null)))).Words);
    }

    [Theory]
    [InlineData("varient", "a:1", "Did you mean 'variant'?")]
    [InlineData("annotation:", "a:1", "Did you mean 'annotations'?")]
    [InlineData("everything", "a:1", "It knows")]
    [InlineData("variant", null, "It knows")]
    public async Task What_cannot_be_cleared_is_said(string word, string? image, string todo)
    {
        var error = await Assert.ThrowsAsync<ViaductException>(() => _bed.AnnotateAsync(new("app:1", image) { Clear = [word] }));

        Assert.Equal("VIA5112", error.Code);
        Assert.StartsWith(todo, error.Todo);
    }

    private async Task<Descriptor> EntryAsync(string image) => (await _bed.FindAsync("app:1")).Find(_bed.Name(image))!.Image.Descriptor;

    private async Task<string> PlatformAsync(string image) => (await EntryAsync(image)).Platform is { } p ? $"{p} {string.Join(' ', p.OsFeatures)}" : "";
}
