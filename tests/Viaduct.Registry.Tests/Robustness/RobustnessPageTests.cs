using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Viaduct.Registry.Tests.Robustness;

/// <summary>docs/robustness.md names a test for every case, and every test of robustness stands there.</summary>
public sealed partial class RobustnessPageTests
{
    private static readonly string Root = Path.GetFullPath("../../..", Folder());

    [Fact]
    public void The_page_names_every_test_and_every_test_is_on_the_page()
    {
        var tests = Tests().Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(tests);
        Assert.Equal(tests.Distinct(), tests);
        Assert.Equal(tests, Named().Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_case_of_the_page_has_a_test()
    {
        var cases = Page().Where(l => l.StartsWith("| ", StringComparison.Ordinal) && !l.StartsWith("| case |", StringComparison.Ordinal) && !l.StartsWith("| ---", StringComparison.Ordinal)).ToList();
        Assert.True(cases.Count > 30, $"{cases.Count} cases");
        Assert.All(cases, row => Assert.True(row.Split(" | ") is [_, { Length: > 20 }, var named] && Name().IsMatch(named), row));
    }

    private static IEnumerable<string> Tests() =>
        from file in Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
        where Path.GetFileName(Path.GetDirectoryName(file)) == "Robustness" && !file.EndsWith(nameof(RobustnessPageTests) + ".cs", StringComparison.Ordinal)
        from test in Test().Matches(File.ReadAllText(file))
        select $"{Path.GetFileNameWithoutExtension(file)}.{test.Groups[1].Value}";

    private static IEnumerable<string> Named() => Page().SelectMany(l => Name().Matches(l)).Select(m => m.Groups[1].Value);

    private static string[] Page() => File.ReadAllLines(Path.Combine(Root, "docs", "robustness.md"));

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    /// <summary>A method right behind an attribute.</summary>
    [GeneratedRegex(@"\]\s*\n\s+public (?:async )?(?:Task|void) (\w+)\(")]
    private static partial Regex Test();

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex Name();
}
