using Viaduct.Preparation;

namespace Viaduct.Tests.Preparation;

/// <summary>What lies in the outputs, and what becomes of it.</summary>
public sealed class PrepareOutputTests
{
    private const string Into = """[{ run: "mkdir -p out/deep; touch out/deep/$(cat in)", inputs: [in], outputs: [out] }]""";

    public PrepareOutputTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "the commands are those of a Unix shell");

    [Fact]
    public async Task A_failed_step_is_tried_again_and_what_it_left_is_removed()
    {
        using var folder = new PrepareFolder("""[{ run: "mkdir -p out; touch out/$(cat in); [ -e fine ]", inputs: [in], outputs: [out] }]""");

        Assert.Equal("VIA2212", (await folder.FailAsync()).Code);
        await folder.With("in", "two").With("fine", "").RunAsync();

        Assert.Equal(["two"], Directory.GetFiles(folder.At("out")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task What_the_last_run_made_is_removed_before_the_next()
    {
        using var folder = new PrepareFolder(Into);

        await folder.RunAsync();
        await folder.With("in", "two").RunAsync();

        Assert.Equal(["deep", "two"], Directory.GetFileSystemEntries(folder.At("out"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    public static TheoryData<string, string?> Lying => new()
    {
        { "a file of somebody's before the first run", "out/README" },
        { "a file that the step would make", "out/deep/one" },
        { "a link", "out/link" },
        { "a file of somebody's between two runs", "out/README" },
        { "a file of somebody's between two runs of one input", "out/README" },
        { "a file of somebody's after a failure", "out/README" },
        { "a file in the place of a folder", "out/deep" },
        { "what a run left of which nothing is remembered", "out/deep/one" },
        { "what a run left whose record is damaged", "out/deep/one" },
        { "what was there when viaduct crashed", "out/deep/one" },
        { "nothing but folders", null },
        { "a made file that was changed", null },
    };

    [Theory]
    [MemberData(nameof(Lying))]
    public async Task What_the_step_did_not_make_is_refused_and_never_removed(string what, string? refused)
    {
        using var folder = new PrepareFolder(Into);
        if (what == "a file of somebody's after a failure")
        {
            folder.Yaml(Into.Replace("touch out", "[ -e fine ] || exit 3; touch out"));
            await folder.FailAsync();
            folder.With("fine", "");
        }
        else if (!what.Contains("first", StringComparison.Ordinal) && what is not ("a file that the step would make" or "nothing but folders")) await folder.RunAsync();
        switch (what)
        {
            case "a file that the step would make": folder.With("out/deep/one", "mine"); break;
            case "a link": File.CreateSymbolicLink(folder.At("out/link"), "deep"); break;
            case "a file of somebody's between two runs of one input": folder.With("out/README", "mine"); break;
            case "a file in the place of a folder": Directory.Delete(folder.At("out/deep"), recursive: true); folder.With("out/deep", "mine"); break;
            case "what a run left of which nothing is remembered": File.Delete(folder.Record); break;
            case "what a run left whose record is damaged": File.WriteAllText(folder.Record, File.ReadAllText(folder.Record)[..^20]); break;
            case "what was there when viaduct crashed": await StepRecord.Running.WriteAsync(folder.Record, default); break;
            case "nothing but folders": Directory.CreateDirectory(folder.At("out/some/where")); break;
            case "a made file that was changed": folder.With("out/deep/one", "mine"); break;
            default: folder.With("in", "two").With("out/README", "mine"); break;
        }

        if (refused is null)
        {
            await folder.RunAsync();
            Assert.Equal(["deep", "one"], Directory.GetFileSystemEntries(folder.At("out"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            Assert.Equal("", folder.Text("out/deep/one"));
            return;
        }
        var error = await folder.FailAsync();
        Assert.Equal("VIA2217", error.Code);
        Assert.Contains($"the output 'out' of", error.Message);
        Assert.Contains($"holds '{refused}'", error.Message);
        Assert.StartsWith($"Remove {folder.At("out")}, ", error.Todo);
        Assert.True(folder.Has(refused));

        Directory.Delete(folder.At("out"), recursive: true);
        await folder.RunAsync();
        Assert.True(folder.Has($"out/deep/{folder.Text("in")}"));
    }

    [Theory]
    [InlineData("a file where a folder has to be")]
    [InlineData("a record that cannot be written")]
    public async Task What_cannot_be_written_is_told_with_the_steps_place(string what)
    {
        using var folder = new PrepareFolder("""[{ run: touch out/o, inputs: [], outputs: [out/o] }]""");
        if (what == "a file where a folder has to be") folder.With("out", "");
        else folder.With("../../.viaduct/prepare", "");

        var error = await folder.FailAsync();

        Assert.Equal("VIA2218", error.Code);
        Assert.Contains(what == "a file where a folder has to be" ? folder.At("out") : "/.viaduct/prepare", error.Message);
        Assert.StartsWith("images/app/image.yaml:1:", error.Where);
    }

    [Fact]
    public async Task An_output_that_is_not_made_is_missed()
    {
        using var folder = new PrepareFolder("""[{ run: "echo wrote elsewhere; touch a", inputs: [], outputs: [a, b/c] }]""");

        var error = await folder.FailAsync();

        Assert.Equal("VIA2214", error.Code);
        Assert.Contains("'b/c'", error.Message);
        Assert.Contains("  | wrote elsewhere", error.Message);
    }

    [Fact]
    public async Task A_command_that_writes_into_its_inputs_is_refused()
    {
        using var folder = new PrepareFolder("""[{ run: "mkdir -p obj; touch obj/made.c o", inputs: ["**/*.c"], outputs: [o] }]""").With("a.c", "");

        var error = await folder.FailAsync();

        Assert.Equal("VIA2215", error.Code);
        Assert.Contains("'obj/made.c'", error.Message);
    }
}
