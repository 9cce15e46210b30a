using CsCheck;
using Viaduct.Build.Dockerfiles;

namespace Viaduct.Build.Tests;

/// <summary>The rows follow what BuildKit's shell lexer answers.</summary>
public sealed class Expanding_variables
{
    private static Expansion Expand(string text, char escape = '\\') =>
        new ShellLexer(escape).Process(text, new Variables { ["x"] = "val", ["empty"] = "", ["two"] = "a b", ["path"] = "a/b.tar.gz", ["_1"] = "under" });

    [Theory]
    [InlineData("$x", "val")]
    [InlineData("${x}", "val")]
    [InlineData("a$x.b", "aval.b")]
    [InlineData("a${x}b", "avalb")]
    [InlineData("$xb", "")]
    [InlineData("$none", "")]
    [InlineData("$_1", "under")]
    [InlineData("$", "$")]
    [InlineData("a$", "a$")]
    [InlineData("$.", "$.")]
    [InlineData("$1x", "x")]
    [InlineData("$$x", "x")]
    [InlineData("\\$x", "$x")]
    [InlineData("\\\\$x", "\\val")]
    [InlineData("'$x'", "$x")]
    [InlineData("\"$x\"", "val")]
    [InlineData("\"\\$x\"", "$x")]
    [InlineData("\"a\\b\"", "a\\b")]
    [InlineData("\"a\\\\b\"", "a\\b")]
    [InlineData("\"'$x'\"", "'val'")]
    [InlineData("'\"'", "\"")]
    [InlineData("a\\'b", "a'b")]
    [InlineData("'a\\'b", "a\\b")]
    [InlineData("a\\", "a")]
    [InlineData("a\\ b", "a b")]
    [InlineData("${x:-d}", "val")]
    [InlineData("${none:-d}", "d")]
    [InlineData("${empty:-d}", "d")]
    [InlineData("${empty-d}", "")]
    [InlineData("${none-d}", "d")]
    [InlineData("${x-d}", "val")]
    [InlineData("${x:+d}", "d")]
    [InlineData("${none:+d}", "")]
    [InlineData("${empty:+d}", "")]
    [InlineData("${empty+d}", "d")]
    [InlineData("${none+d}", "")]
    [InlineData("${x:?no}", "val")]
    [InlineData("${x?no}", "val")]
    [InlineData("${empty?no}", "")]
    [InlineData("${none:-${x}}", "val")]
    [InlineData("${none:-${also:-deep}}", "deep")]
    [InlineData("${none:-a\\}b}", "a}b")]
    [InlineData("${none:-'}'}", "}")]
    [InlineData("${none:-\"$x\"}", "val")]
    [InlineData("${none:-}", "")]
    [InlineData("${path#*/}", "b.tar.gz")]
    [InlineData("${path##*.}", "gz")]
    [InlineData("${path%.*}", "a/b.tar")]
    [InlineData("${path%%.*}", "a/b")]
    [InlineData("${path/a/z}", "z/b.tar.gz")]
    [InlineData("${path//./-}", "a/b-tar-gz")]
    [InlineData("${path/\\//-}", "a-b.tar.gz")]
    [InlineData("${x#v?}", "l")]
    [InlineData("${x%nothing}", "val")]
    public void Substitutions(string text, string expected) => Assert.Equal(expected, Expand(text).Text);

    [Theory]
    [InlineData("${x", "'}'")]
    [InlineData("${", "'}'")]
    [InlineData("${}", "a name must follow")]
    [InlineData("${:x}", "a name must follow")]
    [InlineData("${{x}}", "a name must follow")]
    [InlineData("${x:}", "is not a modifier")]
    [InlineData("${x:#a}", "is not a modifier")]
    [InlineData("${x=1}", "is not a modifier")]
    [InlineData("${x:-d", "'}'")]
    [InlineData("\"abc", "double quote")]
    [InlineData("'abc", "single quote")]
    [InlineData("${none:?}", "none: it must be set")]
    [InlineData("${empty:?}", "empty: it must not be empty")]
    [InlineData("${none:?give me a value}", "none: give me a value")]
    [InlineData("${none?why}", "none: why")]
    public void Broken_ones_say_why(string text, string why) => Assert.Contains(why, Assert.Throws<ShellSyntaxException>(() => Expand(text)).Message);

    [Theory]
    [InlineData("a b  c", "a|b|c")]
    [InlineData("'a b' c", "a b|c")]
    [InlineData("$two", "a|b")]
    [InlineData("\"$two\"", "a b")]
    [InlineData("x$two", "xa|b")]
    [InlineData("a\\ b c", "a b|c")]
    [InlineData("  ", "")]
    public void Words_split_after_the_substitution(string text, string words) => Assert.Equal(words, string.Join('|', Expand(text).Words));

    [Fact]
    public void The_backtick_escapes_when_the_file_says_so() => Assert.Equal("c:\\$x val", Expand("c:\\`$x $x", '`').Text);

    [Fact]
    public void Names_that_were_found_and_names_that_were_not_are_told_apart()
    {
        var expansion = Expand("$x ${none:-$two}");
        Assert.Equal(["two", "x"], expansion.Matched.Keys.Order());
        Assert.Equal(["none"], expansion.Unmatched);
    }

    [Theory]
    [InlineData("ENV a=$a$a\n", 40)]
    [InlineData("ENV a=\"$a$a\"\n", 40)]
    [InlineData("ENV a=$a$a\n", 15, "ENV b=$a\n", 1000)]
    public async Task Values_that_grow_without_end_are_stopped(string line, int times, string then = "", int again = 0)
    {
        await using var workspace = new Workspace();
        var text = "FROM scratch\nENV a=xxxxxxxxxxxxxxxx\n" + string.Concat(Enumerable.Repeat(line, times)) + string.Concat(Enumerable.Repeat(then, again));
        Assert.Equal("VIA2112", (await Assert.ThrowsAsync<Oci.ViaductException>(() => workspace.KeyAsync(text))).Code);
    }

    [Fact]
    public void Deep_nesting_is_stopped() =>
        Assert.Contains("nested", Assert.Throws<ShellSyntaxException>(() => Expand(string.Concat(Enumerable.Repeat("${none:-", 5000)))).Message);

    [Fact]
    public void Single_quotes_keep_everything() =>
        Gen.String[Gen.Char["abc $x{}\\\"\n\t"], 0, 20].Sample(text => Expand($"'{text}'").Text == text);

    [Fact]
    public void Escaping_every_character_keeps_everything() =>
        Gen.String[Gen.Char["abc $x{}\\\"' "], 0, 20].Sample(text => Expand(string.Concat(text.Select(c => "\\" + c))).Text == text);

    [Fact]
    public void Any_text_either_expands_or_says_why() =>
        Gen.String[Gen.Char["ax $x{}\\\"'#%/:-+?*`"], 0, 30].Sample(text =>
        {
            try
            {
                Expand(text);
            }
            catch (ShellSyntaxException)
            {
            }
        }, iter: 20_000);

    [Fact]
    public void Any_text_is_a_Dockerfile_or_an_error_with_a_code()
    {
        string[] pieces = ["FROM", "COPY", "ENV", "RUN", " ", "\n", "\\", "\\\n", "#", "a", "=", "[", "]", "\"", "'", "<<E", "$x", "--from=", "\r\n", "scratch", "ARG", "\t"];
        Gen.Int[0, pieces.Length - 1].Array[0, 25].Sample(picks =>
        {
            try
            {
                Dockerfile.Parse("f", "FROM scratch\n" + string.Concat(picks.Select(i => pieces[i])));
            }
            catch (Oci.ViaductException)
            {
            }
        }, iter: 20_000);
    }
}
