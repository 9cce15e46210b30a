using CsCheck;

namespace Viaduct.Build.Tests;

public sealed class Ignoring_files
{
    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "a/b/c", true)]
    [InlineData("/a", "a", true)]
    [InlineData("a/", "a/b", true)]
    [InlineData("./a", "a", true)]
    [InlineData("x/../a", "a", true)]
    [InlineData("a", "b/a", false)]
    [InlineData("**/a", "b/a", true)]
    [InlineData("*", "anything/below", true)]
    [InlineData("*\n!a", "a", false)]
    [InlineData("*\n!a", "a/b", false)]
    [InlineData("*\n!a\na/b", "a/b", true)]
    [InlineData("!a\n*", "a", true)]
    [InlineData("a\n!a/b\na/b/c", "a/b/c", true)]
    [InlineData("a\n! a/b ", "a/b", false)]
    [InlineData("*/b", "a/b/c", true)]
    [InlineData("*.md\n!README.md", "README.md", false)]
    [InlineData("*.md\n!README.md", "OTHER.md", true)]
    [InlineData("# a", "# a", false)]
    [InlineData(" # a", "# a", true)]
    [InlineData("  a  ", "a", true)]
    [InlineData("\uFEFFa", "a", true)]
    [InlineData("a\r\nb\r\n", "b", true)]
    [InlineData("\n\n", "a", false)]
    [InlineData(".", "a", false)]
    [InlineData("/", "a", false)]
    [InlineData("..", "a", false)]
    public void The_last_pattern_decides(string file, string path, bool ignored) => Assert.Equal(ignored, IgnoreFile.Parse(".dockerignore", file).Ignores(path));

    [Theory]
    [InlineData("a\n!")]
    [InlineData("a\n[")]
    [InlineData("a\nb\\")]
    public void A_broken_pattern_is_named_with_its_line(string file)
    {
        var error = Assert.Throws<Oci.ViaductException>(() => IgnoreFile.Parse(".dockerignore", file));
        Assert.Equal(("VIA2127", ".dockerignore:2:1"), (error.Code, error.Where));
    }

    [Fact]
    public void The_pattern_that_ignored_is_known() => Assert.Equal(".dockerignore:3", IgnoreFile.Parse(".dockerignore", "b\n\n*.o\n").IgnoredBy("x.o"));

    [Fact]
    public void What_lies_below_an_ignored_folder_is_ignored_as_long_as_nothing_is_taken_back() =>
        Gen.Select(Gen.String[Gen.Char["ab*?/"], 1, 6], Gen.String[Gen.Char["ab/"], 1, 8]).Sample((pattern, path) =>
        {
            var file = IgnoreFile.Parse("f", pattern);
            path = SlashPath.Clean(path).Trim('/');
            return path.Length == 0 || !file.Ignores(path) || file.Ignores(path + "/x");
        });

    [Fact]
    public void Taking_back_everything_ignores_nothing() =>
        Gen.Select(Gen.String[Gen.Char["ab*/"], 1, 6].Array[0, 4], Gen.String[Gen.Char["ab/"], 1, 8]).Sample((patterns, path) =>
            !IgnoreFile.Parse("f", string.Join('\n', patterns) + "\n!**").Ignores(path));
}
