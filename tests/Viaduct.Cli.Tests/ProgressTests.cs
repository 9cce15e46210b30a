namespace Viaduct.Cli.Tests;

public sealed class ProgressTests
{
    [Fact]
    public async Task A_pipe_hears_nothing_while_work_goes_on()
    {
        using var place = new Place().Image("hello");
        Assert.Empty((await place.RunAsync("push")).Error);
    }

    [Fact]
    public async Task A_terminal_sees_what_is_done()
    {
        using var place = new Place { ErrorIsTerminal = true }.Image("hello");
        var outcome = await place.RunAsync("push");
        Assert.Equal(0, outcome.Exit);
        Assert.Contains("built", outcome.Error);
        Assert.Contains("\u001b[32m", outcome.Error);
        Assert.StartsWith("IMAGE", outcome.Output);
    }

    [Fact]
    public async Task Colours_are_left_out_when_that_was_asked_for()
    {
        using var place = new Place { ErrorIsTerminal = true }.Image("hello").With("NO_COLOR", "1");
        var outcome = await place.RunAsync("push");
        Assert.Contains("built", outcome.Error);
        Assert.DoesNotMatch("\u001b\\[[0-9;]*m", outcome.Error);
    }

    [Fact]
    public async Task A_terminal_that_cannot_move_its_line_sees_nothing()
    {
        using var place = new Place { ErrorIsTerminal = true }.Image("hello").With("TERM", "dumb");
        Assert.Empty((await place.RunAsync("push")).Error);
    }
}
