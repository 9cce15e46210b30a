namespace Viaduct.Build.Tests;

/// <summary>The expected files are what BuildKit 0.25 makes of the same Dockerfiles.</summary>
public sealed class Heredocs_as_files : IAsyncDisposable
{
    private readonly Workspace _workspace = new Workspace().File("a", "A");

    [Theory]
    [InlineData("COPY <<EOF /dst\nhello\n  x\nEOF", "644 0:0 dst = hello\n  x\n")]
    [InlineData("COPY <<EOF /dst\nEOF", "644 0:0 dst = ")]
    [InlineData("COPY <<EOF /dir/\nx\nEOF", "755 0:0 dir/\n644 0:0 dir/EOF = x\n")]
    [InlineData("COPY <<app.conf /dir/\nx\napp.conf", "755 0:0 dir/\n644 0:0 dir/app.conf = x\n")]
    [InlineData("COPY --chmod=755 --chown=3 <<run.sh /bin/\nx\nrun.sh", "755 3:3 bin/\n755 3:3 bin/run.sh = x\n")]
    [InlineData("COPY <<A <<B a /d/\na\nA\nb\nB", "755 0:0 d/\n644 0:0 d/A = a\n\n644 0:0 d/B = b\n\n644 0:0 d/a = A")]
    [InlineData("COPY <<a a /d/\nheredoc\na", "755 0:0 d/\n644 0:0 d/a = heredoc\n")]
    [InlineData("COPY <<EOF <<EOF /d/\n1\nEOF\n2\nEOF", "755 0:0 d/\n644 0:0 d/EOF = 2\n")]
    [InlineData("ADD <<EOF /dst\nx\nEOF", "644 0:0 dst = x\n")]
    [InlineData("COPY <<EOF /dst\r\nx\r\nEOF\r\n", "644 0:0 dst = x\r\n")]
    [InlineData("COPY <<EOF /dst\n# no comment\n\nFROM x \\\nEOF", "644 0:0 dst = # no comment\n\nFROM x \n")]
    [InlineData("COPY <<-EOF /dst\n\tone\n\t\ttwo\n  \tthree\n\tEOF", "644 0:0 dst = one\ntwo\n  \tthree\n")]
    public async Task Forms(string instruction, string files) =>
        Assert.Equal(files, await _workspace.FilesAsync("FROM scratch\n" + instruction));

    [Theory]
    [InlineData("EOF", "$Y '$Y' \"${Y}\" ${N:-def} `a`", "yy 'yy' \"yy\" def `a`")]
    [InlineData("EOF", "\\$Y a\\nb \\\\ \\\"", "$Y anb \\ \"")]
    [InlineData("EOF", "$ $(x) ${N}|it's", "$ $(x) |it's")]
    [InlineData("\"EOF\"", "$Y \\$Y \\n '", "$Y \\$Y \\n '")]
    [InlineData("'EOF'", "$Y \\", "$Y \\")]
    [InlineData("E\"O\"F", "$Y", "$Y")]
    [InlineData("\\EOF", "$Y", "yy")]
    public async Task Variables_are_replaced_unless_the_name_is_quoted(string opening, string body, string content) =>
        Assert.Equal($"644 0:0 f = {content}\n", await _workspace.FilesAsync($"FROM scratch\nARG Y=yy\nCOPY <<{opening} /f\n{body}\nEOF\n"));

    [Fact]
    public async Task Backslashes_escape_whatever_the_directive_says() =>
        Assert.Equal("644 0:0 f = $Y `yy\n", await _workspace.FilesAsync("# escape=`\nFROM scratch\nARG Y=yy\nCOPY <<EOF /f\n\\$Y `$Y\nEOF\n"));

    [Theory]
    [InlineData("COPY <<a/b /d/\nx\na/b", "VIA2106")]
    [InlineData("COPY <<.. /d/\nx\n..", "VIA2106")]
    [InlineData("COPY <<\"E F\" /d/\nx\nE F", "VIA2106")]
    [InlineData("COPY a <<EOF\nx\nEOF", "VIA2106")]
    [InlineData("COPY <<EOF /d/\nx", "VIA2106")]
    [InlineData("COPY <<A <<B /file\na\nA\nb\nB", "VIA2143")]
    [InlineData("COPY <<.wh.a /d/\nx\n.wh.a", "VIA2147")]
    [InlineData("COPY <<EOF /d\n${N:?gone}\nEOF", "VIA2112")]
    public async Task What_cannot_be_is_refused(string instruction, string code) =>
        Assert.Equal(code, (await _workspace.FailureAsync("FROM scratch\n" + instruction)).Code);

    [Fact]
    public async Task A_change_of_name_or_content_changes_the_key_and_a_variable_that_is_not_used_does_not()
    {
        async Task<string> Key(string name, string body, string arg = "1") => (await _workspace.KeyAsync($"FROM scratch\nARG V={arg}\nCOPY <<{name} /d/\n{body}\n{name.Trim('"')}\n")).ToString();
        var keys = new List<string> { await Key("E", "x"), await Key("F", "x"), await Key("E", "y"), await Key("E", "$V"), await Key("E", "$V", "2"), await Key("\"E\"", "$V") };
        Assert.Distinct(keys);
        Assert.Equal(keys[3], await Key("E", "1"));
        Assert.Equal(await Key("\"E\"", "$V", "2"), keys[5]);
        Assert.Equal(keys[0], await Key("E", "x", "2"));
    }

    [Fact]
    public async Task The_environment_of_the_base_reaches_the_content()
    {
        _workspace.Bases.Add("base", await _workspace.BuildAsync("FROM scratch\nENV W=world\nCOPY a /"));
        Assert.EndsWith("644 0:0 f = hello world\n", await _workspace.FilesAsync("FROM base\nCOPY <<EOF /f\nhello $W\nEOF\n"));
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
