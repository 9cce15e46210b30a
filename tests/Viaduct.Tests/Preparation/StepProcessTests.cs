using System.Diagnostics;
using Viaduct.Oci;
using Viaduct.Preparation;

namespace Viaduct.Tests.Preparation;

/// <summary>Commands are really run.</summary>
public sealed class StepProcessTests
{
    public StepProcessTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "the commands are those of a Unix shell");

    [Fact]
    public async Task A_command_runs_in_the_images_folder_with_its_environment()
    {
        using var folder = new PrepareFolder("""[{ run: 'echo "$A $SOURCE_DATE_EPOCH $(basename $PWD) $(OS)" > out/o', inputs: [], outputs: [out/o], env: { A: "$(NAME) b" } }]""");

        await folder.Preparer(epoch: 7).PrepareAsync(folder.Image(), Platform.Parse("linux/amd64"), default);

        Assert.Equal("app b 7 app linux\n", folder.Text("out/o"));
    }

    [Fact]
    public async Task A_list_of_words_needs_no_shell()
    {
        using var folder = new PrepareFolder("""[{ run: [./tool, "a b", "$HOME;"], inputs: [tool], outputs: [o] }]""").With("tool", "#!/bin/sh\nprintf '%s\\n' \"$@\" > o\n");
        await folder.AsProgram("tool").RunAsync();

        Assert.Equal("a b\n$HOME;\n", folder.Text("o"));
    }

    [Fact]
    public async Task A_failure_shows_the_end_of_what_was_said_and_no_secret()
    {
        using var folder = new PrepareFolder("""[{ run: "i=0; while [ $i -lt 60 ]; do i=$((i+1)); echo line $i; done; printf '\\033[31mred\\007 %s %s\\n' $CC $TOKEN >&2; exit 3", inputs: [], outputs: [o], env: { TOKEN: hunter2hunter2, CC: gcc } }]""");

        var error = await folder.FailAsync();

        Assert.Equal("VIA2212", error.Code);
        Assert.Contains("for app linux/amd64 failed with exit code 3\n", error.Message);
        Assert.Contains("\n  | red? gcc ***", error.Message);
        Assert.Contains("\n  | line 60", error.Message);
        Assert.DoesNotContain("| line 10\n", error.Message);
        Assert.DoesNotContain("hunter2", error.Render());
        Assert.Equal(40, error.Message.Split("\n  | ").Length - 1);
        Assert.StartsWith("images/app/image.yaml:1:", error.Where);
    }

    [Fact]
    public async Task No_value_of_the_environment_is_remembered_or_reported()
    {
        using var folder = new PrepareFolder("""[{ run: touch o, inputs: [], outputs: [o], env: { TOKEN: hunter2hunter2 } }]""");

        await folder.RunAsync();

        Assert.DoesNotContain("hunter2", File.ReadAllText(folder.Record));
        Assert.DoesNotContain(folder.Events, e => e.ToString().Contains("hunter2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[./nowhere]", "it is not there")]
    [InlineData("[viaduct-has-no-such-program]", "it is not there")]
    [InlineData("[./in]", "not a program")]
    public async Task A_program_that_cannot_be_started_is_named(string run, string why)
    {
        using var folder = new PrepareFolder($"[{{ run: {run}, inputs: [], outputs: [o] }}]");

        var error = await folder.FailAsync();

        Assert.Equal("VIA2211", error.Code);
        Assert.Contains(why, error.Message);
    }

    [Theory]
    [InlineData("sleep 1000")]
    [InlineData("sleep 1000 & sleep 1000")]
    [InlineData("(sh -c 'sleep 1000; true' &) ; sleep 1000")]
    [InlineData("setsid sh -c 'sleep 1000; true' & sleep 1000")]
    public async Task What_takes_too_long_is_ended_with_all_that_it_started(string run)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processes are looked for in /proc");
        var mark = Guid.NewGuid().ToString("N");
        using var folder = new PrepareFolder($"[{{ run: \"echo begun; {run}\", inputs: [], outputs: [o], timeout: 1s, env: {{ VIADUCT_TEST_MARK: {mark} }} }}]");

        var error = await folder.FailAsync();

        Assert.Equal("VIA2213", error.Code);
        Assert.Contains("after 1 seconds", error.Message);
        Assert.Contains("  | begun", error.Message);
        Assert.Empty(Marked(mark));
    }

    [Fact]
    public async Task Cancelling_ends_the_command()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processes are looked for in /proc");
        var mark = Guid.NewGuid().ToString("N");
        using var folder = new PrepareFolder($"[{{ run: \"touch begun; (sleep 1000 &); sleep 1000\", inputs: [], outputs: [o], env: {{ VIADUCT_TEST_MARK: {mark} }} }}]");
        using var stop = new CancellationTokenSource();
        var running = folder.RunAsync(cancellationToken: stop.Token);
        while (!folder.Has("begun")) await Task.Delay(10);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Empty(Marked(mark));
    }

    [Fact]
    public async Task A_server_that_stays_is_not_waited_for()
    {
        using var folder = new PrepareFolder("""[{ run: "touch o; sleep 300 & echo $! > pid", inputs: [], outputs: [o] }]""");

        await folder.RunAsync();

        using var server = Process.GetProcessById(int.Parse(folder.Text("pid")));
        Assert.False(server.HasExited);
        server.Kill();
    }

    [Fact(Timeout = 120_000)]
    public async Task What_such_a_server_says_is_read_by_nobody()
    {
        // Its words find an end when nobody holds the other one.
        using var folder = new PrepareFolder("""[{ run: "trap '' PIPE; touch o; (while echo word; do sleep 0.05; done; touch closed) & true", inputs: [], outputs: [o] }]""");

        await folder.RunAsync(cancellationToken: TestContext.Current.CancellationToken);

        while (!folder.Has("closed")) await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.True(folder.Has("o"));
    }

    [Fact]
    public void Where_processes_are_not_shown_the_tree_is_ended_nevertheless()
    {
        using var process = Process.Start("sleep", "1000");

        ProcessTree.Kill(process, "mark", "/nowhere/proc");

        process.WaitForExit();
        Assert.NotEqual(0, process.ExitCode);
    }

    [Fact]
    public async Task The_mark_by_which_a_command_is_found_is_not_the_images_to_set()
    {
        using var folder = new PrepareFolder("""[{ run: 'echo "$VIADUCT_PREPARE" > o', inputs: [], outputs: [o], env: { VIADUCT_PREPARE: mine } }]""");

        await folder.RunAsync();

        Assert.Matches("^[0-9a-f]{32}\n$", folder.Text("o"));
    }

    private static List<string> Marked(string mark) => [.. Directory.GetDirectories("/proc").Where(folder =>
    {
        try
        {
            return folder[6..].All(char.IsAsciiDigit) && int.Parse(folder[6..]) != Environment.ProcessId && File.ReadAllText($"{folder}/environ").Contains(mark, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    })];
}
