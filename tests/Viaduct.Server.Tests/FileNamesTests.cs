using CsCheck;

namespace Viaduct.Server.Tests;

public sealed class FileNamesTests
{
    private static readonly Gen<string> Tags =
        Gen.Select(Gen.OneOf(Gen.Char['a', 'f'], Gen.Char['A', 'F'], Gen.Char['0', '9'], Gen.Const('_')), Gen.OneOf(Gen.Char['a', 'f'], Gen.Char['A', 'Z'], Gen.Const('.'), Gen.Const('-'), Gen.Const('_')).Array[0, 127], (first, rest) => first + new string(rest));

    [Theory]
    [InlineData("latest", "latest")]
    [InlineData("Latest", "latest!8")]
    [InlineData("aB", "ab!4")]
    [InlineData("v1.", "v1.!")]
    [InlineData("con", "!con")]
    [InlineData("con.x", "!con.x")]
    [InlineData("CON", "!con!e")]
    [InlineData("console", "console")]
    public void A_tag_has_a_file_name(string tag, string file)
    {
        Assert.True(TagName.TryParse(tag, out var name));
        Assert.Equal(file, FileNames.ForTag(name));
        Assert.True(FileNames.TryToTag(file, out var back));
        Assert.Equal(name, back);
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("latest!")]
    [InlineData("latest!0")]
    [InlineData("latest!zz")]
    [InlineData("Latest")]
    [InlineData("a b")]
    public void A_file_that_no_tag_gives_is_none(string file) => Assert.False(FileNames.TryToTag(file, out _));

    [Fact]
    public void Every_tag_comes_back_and_fits_and_differs_where_case_is_folded() =>
        Gen.Select(Tags, Tags).Sample((a, b) =>
        {
            Assert.True(TagName.TryParse(a, out var first));
            Assert.True(TagName.TryParse(b, out var second));
            var file = FileNames.ForTag(first);
            Assert.True(file.Length <= 255 && !file.EndsWith('.'));
            Assert.True(FileNames.TryToTag(file, out var back) && back == first);
            Assert.Equal(a == b, string.Equals(file, FileNames.ForTag(second), StringComparison.OrdinalIgnoreCase));
        });
}
