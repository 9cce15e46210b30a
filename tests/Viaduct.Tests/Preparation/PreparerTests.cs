using Viaduct.Oci;

namespace Viaduct.Tests.Preparation;

/// <summary>When commands are run, and when they are not.</summary>
public sealed class PreparerTests
{
    private const string Copying = """[{ run: "cat in > $(ARCH).o; echo $(ARCH) >> log", inputs: [in], outputs: [$(ARCH).o] }]""";

    public PreparerTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "the commands are those of a Unix shell");

    public static TheoryData<string, bool> Between => new()
    {
        { "nothing", false },
        { "the input's time", false },
        { "the input", true },
        { "the output", true },
        { "the output's executable bit", true },
        { "the output is gone", true },
    };

    [Theory]
    [MemberData(nameof(Between))]
    public async Task It_runs_again_when_the_outputs_are_not_those_of_the_inputs(string what, bool runs)
    {
        using var folder = new PrepareFolder(Copying);
        await folder.RunAsync();

        switch (what)
        {
            case "the input's time": File.SetLastWriteTimeUtc(folder.At("in"), new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc)); break;
            case "the input": folder.With("in", "two"); break;
            case "the output": folder.With("amd64.o", "two"); break;
            case "the output's executable bit": folder.AsProgram("amd64.o"); break;
            case "the output is gone": File.Delete(folder.At("amd64.o")); break;
        }
        await folder.RunAsync();

        Assert.Equal(runs ? "amd64\namd64\n" : "amd64\n", folder.Log);
        Assert.Equal(folder.Text("in"), folder.Text("amd64.o"));
        Assert.Equal(runs ? 2 : 1, folder.Events.Count(e => e is { Verb: "prepared", Subject: "app linux/amd64", Detail: "cat in > amd64.o; echo amd64 >> log" }));
    }

    [Fact]
    public async Task Looking_runs_nothing_and_writes_nothing()
    {
        using var folder = new PrepareFolder(Copying).With("Dockerfile", "FROM scratch\nARG ARCH\nCOPY ${ARCH}.o /o\n");

        await folder.KeyAsync();
        await folder.ImageKeyAsync();

        Assert.Equal("", folder.Log);
        Assert.False(Directory.Exists(folder.At("../../.viaduct")));
        Assert.Empty(folder.Events);
    }

    [Fact]
    public async Task Platforms_are_prepared_side_by_side()
    {
        // Each waits for the other.
        using var folder = new PrepareFolder("""[{ run: "touch here.$(ARCH); until [ -e here.amd64 ] && [ -e here.arm64 ]; do sleep 0.05; done; touch $(ARCH).o", inputs: [], outputs: [$(ARCH).o], timeout: 60s }]""");
        var preparer = folder.Preparer();
        var image = folder.Image();

        await Task.WhenAll(image.Platforms.Select(p => preparer.PrepareAsync(image, p, default)));

        Assert.True(folder.Has("amd64.o") && folder.Has("arm64.o"));
    }

    [Fact]
    public async Task What_is_the_same_for_all_platforms_runs_once()
    {
        using var folder = new PrepareFolder("""[{ run: "echo once >> log; sleep 0.2; mkdir dist", inputs: [], outputs: [dist] }, { run: "echo $(ARCH) > $(ARCH).o", inputs: [], outputs: [$(ARCH).o] }]""");
        var preparer = folder.Preparer();
        var image = folder.Image();

        await Task.WhenAll(image.Platforms.Select(p => preparer.PrepareAsync(image, p, default)));

        Assert.Equal("once\n", folder.Log);
        Assert.True(folder.Has("amd64.o") && folder.Has("arm64.o"));
    }

    [Fact]
    public async Task Steps_run_in_their_order_and_the_later_ones_again_after_the_earlier()
    {
        using var folder = new PrepareFolder("""[{ run: "cat in > a; echo a >> log", inputs: [in], outputs: [a] }, { run: "cat a > b; echo b >> log", inputs: [a], outputs: [b] }]""");

        await folder.RunAsync();
        Assert.Equal("a\nb\n", folder.Log);
        await folder.With("in", "two").RunAsync();

        Assert.Equal("a\nb\na\nb\n", folder.Log);
        Assert.Equal("two", folder.Text("b"));
    }
}
