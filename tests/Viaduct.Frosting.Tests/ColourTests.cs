using Cake.Frosting.Hosting;

namespace Viaduct.Frosting.Tests;

public sealed class ColourTests
{
    [Theory]
    [InlineData(false, null, "xterm-256color", true)]
    [InlineData(false, null, null, true)]
    [InlineData(false, "", "xterm", true)]
    [InlineData(false, "1", "xterm", false)]
    [InlineData(false, "0", "xterm", false)]
    [InlineData(false, null, "dumb", false)]
    [InlineData(true, null, "xterm-256color", false)]
    [InlineData(true, "1", "xterm-256color", false)]
    public void Colours_are_for_a_terminal_whose_user_did_not_refuse_them(bool redirected, string? noColor, string? term, bool colours) =>
        Assert.Equal(colours, HostConsole.WantsColours(redirected, noColor, term));
}
