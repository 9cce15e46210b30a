using Viaduct.Cli.Docker;

namespace Viaduct.Cli.Tests.Manifest;

/// <summary>What flags are set to; what is refused is compared with docker itself in <see cref="ManifestUsageTests"/>.</summary>
public sealed class FlagParserTests
{
    [Theory]
    [InlineData("l a --amend b", true, "l a b")]
    [InlineData("--amend l --amend a --amend b", true, "l a b")]
    [InlineData("-a=false l a", false, "l a")]
    [InlineData("--amend=false --amend l a", true, "l a")]
    [InlineData("-a -a=0 l a", false, "l a")]
    [InlineData("l a -- --amend -a", false, "l a --amend -a")]
    [InlineData("l - a", false, "l - a")]
    // A switch never takes the word behind it.
    [InlineData("-a true l", true, "true l")]
    public void Switches_stand_anywhere_and_the_last_one_counts(string line, bool amend, string arguments)
    {
        var parsed = ManifestVerbs.Find("create")!.Parser.Parse(line.Split(' '));
        Assert.Equal((amend, arguments), (parsed.Is("amend"), string.Join(' ', parsed.Arguments)));
    }

    [Theory]
    [InlineData("--os-features a,b --os-features c", "a|b|c")]
    [InlineData("--os-features=", "")]
    [InlineData("--os-features \"a,b\",c", "a,b|c")]
    [InlineData("--os-features \"a\"\"b\"", "a\"b")]
    [InlineData("--os-features a,,", "a||")]
    [InlineData("--os-features a\nb", "a")]
    [InlineData("--os-features \n\na,b", "a|b")]
    public void Slices_are_lines_of_CSV_that_add_up(string line, string values) =>
        Assert.Equal(values, string.Join('|', ManifestVerbs.Find("annotate")!.Parser.Parse(line.Split(' ')).List("os-features")));

    [Theory]
    [InlineData("--os linux --os windows", "windows")]
    [InlineData("--os=", "")]
    [InlineData("--os --arch", "--arch")]
    [InlineData("--os=a=b", "a=b")]
    public void Texts_take_the_next_word_whatever_it_is(string line, string value) =>
        Assert.Equal(value, ManifestVerbs.Find("annotate")!.Parser.Parse(line.Split(' ')).Text("os"));

    [Fact]
    public void Pairs_keep_commas_and_further_equals_signs()
    {
        var pairs = ManifestVerbs.Find("create")!.Parser.Parse(["--annotation", "a=1,2", "--annotation=b=c=d", "--annotation", "a=3"]).Pairs("annotation");
        Assert.Equal(new Dictionary<string, string> { ["a"] = "3", ["b"] = "c=d" }, pairs);
    }

    [Theory]
    [InlineData("24h", 86_400)]
    [InlineData("1h30m", 5400)]
    [InlineData("1.5h", 5400)]
    [InlineData("0s", 0)]
    public void Durations_are_numbers_with_units(string text, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), GoWords.ParseDuration(text));

    [Theory]
    [InlineData("")]
    [InlineData("24")]
    [InlineData("h")]
    [InlineData("-1h")]
    [InlineData("1 h")]
    [InlineData("..h")]
    [InlineData("7d")]
    [InlineData("9999999h")]
    public void Others_are_refused(string text) => Assert.Contains("invalid duration", Assert.Throws<FormatException>(() => GoWords.ParseDuration(text)).Message);
}
