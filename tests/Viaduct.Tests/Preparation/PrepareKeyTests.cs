using Viaduct.Build;
using Viaduct.Oci;

namespace Viaduct.Tests.Preparation;

public sealed class PrepareKeyTests
{
    private const string Step = """[{ run: "mkdir -p out/$(ARCH) && cp in out/$(ARCH)/o", inputs: [in, "src/**/*.c", "!src/gen"], outputs: ["out/$(ARCH)"], env: { A: b } }]""";

    public static TheoryData<string, bool> Changes => new()
    {
        { "nothing", false },
        { "an input", true },
        { "its executable bit", true },
        { "a file that a pattern chooses now", true },
        { "a file that a pattern takes out", false },
        { "a file that no pattern chooses", false },
        { "an output", false },
        { "the command", true },
        { "a value of the environment", true },
        { "the timeout", false },
        { "the output's name", true },
        { "SOURCE_DATE_EPOCH", true },
        { "the platform", true },
        { "time", false },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_key_changes_with_what_decides_the_outputs_and_with_nothing_else(string what, bool changes)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are executable bits in it");
        using var folder = new PrepareFolder(Step).With("src/a/x.c", "x");
        var before = await folder.KeyAsync();

        var (epoch, platform) = (0L, "linux/amd64");
        switch (what)
        {
            case "an input": folder.With("in", "two"); break;
            case "its executable bit": folder.AsProgram("in"); break;
            case "a file that a pattern chooses now": folder.With("src/a/b/y.c", ""); break;
            case "a file that a pattern takes out": folder.With("src/gen/y.c", ""); break;
            case "a file that no pattern chooses": folder.With("src/a/y.h", ""); break;
            case "an output": folder.With("out/amd64/o", "other").With("out/arm64/src/z.c", ""); break;
            case "the command": folder.Yaml(Step.Replace("cp", "mv")); break;
            case "a value of the environment": folder.Yaml(Step.Replace("A: b", "A: c")); break;
            case "the timeout": folder.Yaml(Step.Replace("env:", "timeout: 5m, env:")); break;
            case "the output's name": folder.Yaml(Step.Replace("outputs: [\"out/$(ARCH)", "outputs: [\"out/$(ARCH)/o")); break;
            case "SOURCE_DATE_EPOCH": epoch = 1; break;
            case "the platform": platform = "linux/arm64"; break;
            case "time": File.SetLastWriteTimeUtc(folder.At("in"), new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc)); break;
        }

        Assert.Equal(changes, before != await folder.KeyAsync(platform, epoch));
    }

    [Theory]
    [InlineData("COPY out/${ARCH} /o")]
    [InlineData("COPY out/${ARCH}/o /o")]
    [InlineData("COPY out/${ARCH}/deep/er /o")]
    [InlineData("COPY out/${ARCH}/* /o/")]
    [InlineData("COPY out /o")]
    [InlineData("COPY out/*/o /o/")]
    [InlineData("COPY . /o")]
    [InlineData("COPY --parents out/${ARCH}/o /o/")]
    [InlineData("COPY --exclude=*.txt out/${ARCH} /o/")]
    [InlineData("COPY ./out/../out/${ARCH} /o")]
    public async Task An_images_key_is_the_same_before_and_after_its_outputs_are_there(string copy)
    {
        using var folder = new PrepareFolder(Step).With("src/x.c", "").With("Dockerfile", $"FROM scratch\nARG ARCH\n{copy}\n");
        var (amd64, arm64) = (await folder.ImageKeyAsync(), await folder.ImageKeyAsync("linux/arm64"));

        await folder.RunAsync();
        Assert.Equal(amd64, await folder.ImageKeyAsync());
        Assert.Equal(arm64, await folder.ImageKeyAsync("linux/arm64"));

        await folder.RunAsync("linux/arm64");
        Assert.Equal(amd64, await folder.ImageKeyAsync());
        Assert.NotEqual(amd64, arm64);
        folder.With("in", "two");
        Assert.NotEqual(amd64, await folder.ImageKeyAsync());
    }

    [Theory]
    [InlineData("COPY out/${ARCH}x /o")]
    [InlineData("COPY other /o")]
    public async Task A_source_that_nothing_makes_is_missed_at_once(string copy)
    {
        using var folder = new PrepareFolder(Step).With("src/x.c", "").With("Dockerfile", $"FROM scratch\nARG ARCH\n{copy}\n");

        Assert.Equal("VIA2121", (await Assert.ThrowsAsync<ViaductException>(() => folder.ImageKeyAsync())).Code);
    }

    [Theory]
    [InlineData("nothing-like-it.c")]
    [InlineData("*.nothing")]
    [InlineData("src/gen/x.c")]
    public async Task A_pattern_without_a_file_is_named(string pattern)
    {
        using var folder = new PrepareFolder($$"""[{ run: make, inputs: [in, "{{pattern}}", "!src/gen"], outputs: [o] }]""").With("src/gen/x.c", "");

        var error = await Assert.ThrowsAsync<ViaductException>(() => folder.KeyAsync());

        Assert.Equal("VIA2210", error.Code);
        Assert.Contains($"'{pattern}'", error.Message);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a/deep/file")]
    [InlineData("*")]
    public async Task What_an_earlier_step_makes_is_an_input_before_it_is_there(string pattern)
    {
        using var folder = new PrepareFolder($$"""[{ run: mkdir a, inputs: [in], outputs: [a] }, { run: cp in b, inputs: [{{(pattern == "*" ? "\"*\"" : pattern)}}], outputs: [b] }]""");

        var before = await folder.KeyAsync();
        folder.With("in", "two");
        Assert.NotEqual(before, await folder.KeyAsync());
    }

    [Fact]
    public async Task Inputs_may_lie_above_the_images_folder()
    {
        using var folder = new PrepareFolder("""[{ run: make, inputs: ["../../src/*.c"], outputs: [o] }]""").With("../../src/a.c", "1");

        var before = await folder.KeyAsync();
        folder.With("../../src/a.c", "2");
        Assert.NotEqual(before, await folder.KeyAsync());
    }

    [Fact]
    public async Task An_image_does_not_see_what_is_prepared_for_another_platform()
    {
        using var folder = new PrepareFolder(Step).With("src/x.c", "").With("Dockerfile", "FROM scratch\nCOPY out/arm64 /o\n");
        var image = folder.Image();
        await folder.RunAsync("linux/arm64");
        var prepared = await folder.RunAsync();

        await using var spool = new BlobSpool(folder.At("../../spool"));
        var request = Requests.For(image, image.Platforms[0], null!) with { Prepared = prepared };
        var error = await Assert.ThrowsAsync<ViaductException>(() => new EmbeddedBuilder().BuildAsync(request, spool, default));

        Assert.Equal("VIA2121", error.Code);
        Assert.Contains("another platform", error.Message);
    }
}
