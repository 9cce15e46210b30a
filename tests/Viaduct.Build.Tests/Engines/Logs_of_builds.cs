using System.Text;
using Viaduct.Build.Engines;

namespace Viaduct.Build.Tests.Engines;

public sealed class Logs_of_builds : IDisposable
{
    private readonly Workspace _work = new();
    private readonly List<string> _heard = [];

    public void Dispose() => _work.Dispose();

    private BuildLog Log() => new(new Heard(_heard), new Masking(_work.Request("FROM scratch\n"), _ => null).Mask);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    [Theory]
    [InlineData("[1/2] RUN use hush-hush", "[1/2] RUN use $TOKEN")]
    [InlineData("[1/2] RUN use \u001b[31mred\u0007\ttab", "[1/2] RUN use ?[31mred? tab")]
    [InlineData("[1/2] RUN a\n  hush-hush\n  b", "[1/2] RUN a   $TOKEN   b")]
    public void Names_of_steps_are_masked_and_do_nothing_to_a_terminal(string name, string shown)
    {
        _work.Args["TOKEN"] = "hush-hush";
        Log().Begin("a", name);
        Assert.Equal([shown], _heard);
    }

    [Theory]
    [InlineData(485)]
    [InlineData(495)]
    [InlineData(499)]
    public void A_value_across_the_place_of_the_cut_is_not_shown_in_part(int before)
    {
        _work.Args["TOKEN"] = "SWORDFISH-SWORDFISH-SWORDFISH";
        var log = Log();
        log.Begin("a", "[1/2] RUN " + new string('x', before - 10) + "SWORDFISH-SWORDFISH-SWORDFISH");
        log.Say("a", Bytes(new string('y', before) + "SWORDFISH-SWORDFISH-SWORDFISH\n"));
        log.Fail("a", new string('z', before) + "SWORDFISH-SWORDFISH-SWORDFISH");
        log.Other(new string('o', before) + "SWORDFISH-SWORDFISH-SWORDFISH");
        var failed = log.Failed!;
        Assert.All([.. _heard, failed.Name, failed.Error, .. failed.Lines, .. log.Others], t => Assert.DoesNotContain("SWO", t));
    }

    [Fact]
    public void A_value_of_many_lines_is_found_line_by_line_as_a_whole_and_quoted_as_Go_does()
    {
        _work.Args["KEY"] = "-----BEGIN\nabcd\"ef\\gh\nlast-line\n";
        var log = Log();
        log.Begin("a", "[1/2] RUN echo -----BEGIN\nabcd\"ef\\gh\nlast-line\n > key");
        log.Say("a", Bytes("+ echo -----BEGIN\r\nabcd\"ef\\gh\nx last-line\n"));
        log.Fail("a", "process \"/bin/sh -c echo -----BEGIN\\nabcd\\\"ef\\\\gh\\nlast-line\\n\" did not complete successfully: exit code: 3");
        Assert.Equal(["[1/2] RUN echo $KEY > key"], _heard);
        Assert.Equal(["+ echo $KEY", "$KEY", "x $KEY"], log.Failed!.Lines);
        Assert.Equal("process \"/bin/sh -c echo $KEY\" did not complete successfully: exit code: 3", log.Failed.Error);
        Assert.Equal("3", log.Failed.ExitCode);
    }

    [Fact]
    public void Words_that_are_cut_anywhere_are_put_together()
    {
        _work.Args["TOKEN"] = "hüsh-hüsh";
        var log = Log();
        log.Begin("a", "[1/1] RUN x");
        foreach (var b in Bytes("say hüsh-hüsh\nend hüsh-hüsh")) log.Say("a", [b]);
        log.Fail("a", "why");
        Assert.Equal(["say $TOKEN", "end $TOKEN"], log.Failed!.Lines);
    }

    [Fact]
    public void The_first_that_failed_of_itself_is_told_and_what_belongs_to_the_builder_is_not()
    {
        var log = Log();
        foreach (var name in (string[])["[internal] load build definition", "[context x] load", "exporting layers", "[1/2] RUN a", "[2/2] RUN b"]) log.Begin(name, name, cached: name == "[1/2] RUN a");
        log.Fail("[2/2] RUN b", "Canceled: context canceled");
        log.Fail("[1/2] RUN a", "why");
        log.Fail("[2/2] RUN b", "later");
        Assert.Equal(["[1/2] RUN a (cached)", "[2/2] RUN b"], _heard);
        Assert.Equal(("[1/2] RUN a", "why"), (log.Failed!.Name, log.Failed.Error));
    }

    [Fact]
    public void What_a_step_says_without_end_is_kept_within_bounds()
    {
        var log = Log();
        log.Begin("a", "[1/1] RUN x");
        for (var i = 0; i < 300; i++) log.Say("a", Bytes(new string('x', 1000)));
        for (var i = 0; i < 100; i++) log.Other(new string('o', 1000));
        log.Fail("a", "why");
        Assert.Equal(500, Assert.Single(log.Failed!.Lines).Length);
        Assert.Equal(20, log.Others.Count);
    }

    [Fact]
    public void A_damaged_line_of_raw_progress_is_dropped_and_a_long_one_is_read()
    {
        var log = Log();
        RawProgress.Read("""{"logs":[{"vertex":"a","data":"aHVzaC1odXNo""", log);
        RawProgress.Read("""{"vertexes":[{"digest":"a","name":"[1/1] RUN x","started":"2026-01-01T00:00:00Z"}]}""", log);
        RawProgress.Read($$"""{"logs":[{"vertex":"a","data":"{{Convert.ToBase64String(Bytes(string.Concat(Enumerable.Repeat(new string('x', 99) + "\n", 40_000)) + "last\n"))}}"}]}""", log);
        RawProgress.Read("""{"vertexes":[{"digest":"a","name":"[1/1] RUN x","error":"why"}]}""", log);
        Assert.Empty(log.Others);
        Assert.Equal("last", log.Failed!.Lines[^1]);
    }

    private sealed class Heard(List<string> heard) : IProgress<string>
    {
        public void Report(string value) => heard.Add(value);
    }
}
