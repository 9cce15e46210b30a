using System.Text.RegularExpressions;

namespace Viaduct.Tests;

public sealed partial class ErrorCodeTests
{
    [Fact]
    public void Every_error_code_stands_in_the_documentation_and_no_other_does()
    {
        var used = new[] { "src", "build" }.SelectMany(f => Directory.EnumerateFiles(Path.Combine(Repository.Root, f), "*.cs", SearchOption.AllDirectories))
            .SelectMany(f => Code().Matches(File.ReadAllText(f)).Select(m => m.Value[1..]))
            .Distinct().Order().ToList();
        var documented = Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "errors.md"))).Select(m => m.Groups[1].Value).ToList();

        Assert.NotEmpty(used);
        Assert.Equal(used, documented);
    }

    [GeneratedRegex("\"VIA[0-9]{4}")]
    private static partial Regex Code();

    [GeneratedRegex(@"^\| (VIA[0-9]{4}) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
