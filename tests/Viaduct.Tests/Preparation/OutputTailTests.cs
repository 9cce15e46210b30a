using System.Text;
using Viaduct.Preparation;

namespace Viaduct.Tests.Preparation;

public sealed class OutputTailTests
{
    private const string Long = "0123456789abcdef";

    [Theory]
    [InlineData("a\nb\n", "a|b")]
    [InlineData("a\r\nb\r\n", "a|b")]
    [InlineData("a\r\r\nb", "a|b")]
    [InlineData("10%\r20%\r30%", "30%")]
    [InlineData("10%\r20%\rdone\nb", "done|b")]
    [InlineData("10%\r", "10%")]
    [InlineData("a\tb \x1b[31mred\x1b[0m \a", "a b red ?")]
    public async Task Lines_are_shown_as_a_terminal_would_show_them_last(string said, string shown) =>
        Assert.Equal(shown, await ShownAsync(said));

    [Fact]
    public async Task Long_progress_is_shown_by_its_end() =>
        Assert.Equal("5000", await ShownAsync(string.Concat(Enumerable.Range(1, 5000).Select(i => $"\r{i}"))));

    [Theory]
    [InlineData("-----BEGIN KEY-----\nMIIEvQIBADANBg\nshort\n", "x MIIEvQIBADANBg y\nshort", "x *** y|short")]
    [InlineData("{\n  \"private\": \"hunter2\"\n}", "  \"private\": \"hunter2\"", "  ***")]
    [InlineData("MIIEvQIBADANBg\r\nAoIBAQDJ0000\r\n", "MIIEvQIBADANBg\nAoIBAQDJ0000", "***|***")]
    [InlineData("hunter2\thunter2 ", "hunter2\thunter2", "***")]
    [InlineData("hunter2hunter2", "hunter2\x1b[0mhunter2", "***")]
    public async Task Each_line_of_a_secret_is_one(string secret, string said, string shown) =>
        Assert.Equal(shown, await ShownAsync(said, secret));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(40)]
    public async Task Of_a_secret_that_is_longer_than_a_line_nothing_is_shown(int times)
    {
        var secret = string.Concat(Enumerable.Repeat(Long, 200));

        var shown = await ShownAsync(string.Concat(Enumerable.Repeat(secret, times)), secret);

        Assert.DoesNotContain("0123", shown);
    }

    private static async Task<string> ShownAsync(string said, params string[] secrets)
    {
        var tail = new OutputTail(secrets);
        using var reader = new StreamReader(new MemoryStream(Encoding.UTF8.GetBytes(said)));
        await tail.ReadAsync(reader, default);
        return tail.ToString().TrimStart('\n').Replace("  | ", "", StringComparison.Ordinal).Replace('\n', '|');
    }
}
