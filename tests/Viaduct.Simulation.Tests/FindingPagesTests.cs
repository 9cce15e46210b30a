using System.Runtime.CompilerServices;

namespace Viaduct.Simulation.Tests;

/// <summary>Holds <c>docs/findings</c> to the catalogue.</summary>
public sealed class FindingPagesTests
{
    private static readonly string Folder = Path.GetFullPath("../../docs/findings", SourceFolder());

    public static TheoryData<string> Codes => [.. FindingKinds.All.Select(k => k.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_kind_has_a_page_that_says_what_the_catalogue_says(string code)
    {
        var kind = FindingKinds.All.Single(k => k.Code == code);
        var lines = File.ReadAllLines(Path.Combine(Folder, $"{code}.md"));

        Assert.Equal($"# {kind.Code} {kind.Name}", lines[0]);
        Assert.Equal($"{char.ToUpperInvariant(kind.Title[0])}{kind.Title[1..]}.", lines[2]);
        Assert.Single(lines, $"| severity | {kind.Severity.Word()} |");
        Assert.Single(lines, $"| remedy | {kind.Remedy} |");
        Assert.Equal(["## What it means", "## Example", "## What users see", "## What to do"], lines.Where(l => l.StartsWith("## ", StringComparison.Ordinal)).Take(4));
    }

    [Fact]
    public void No_page_is_left_over() =>
        Assert.Equal(
            FindingKinds.All.Select(k => k.Code).Append("README").Order(StringComparer.Ordinal),
            Directory.GetFiles(Folder).Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal));

    [Fact]
    public void The_table_of_all_pages_is_the_catalogue() =>
        Assert.Equal(
            FindingKinds.All.Select(k => $"| [{k.Code}]({k.Code}.md) | {k.Name} | {k.Severity.Word()} | {k.Title} |"),
            File.ReadLines(Path.Combine(Folder, "README.md")).Where(l => l.StartsWith("| [VF", StringComparison.Ordinal)));

    [Fact]
    public void Links_between_pages_lead_somewhere() =>
        Assert.Empty(
            from page in Directory.GetFiles(Folder, "*.md")
            from part in File.ReadAllText(page).Split("](").Skip(1)
            let link = part[..part.IndexOf(')', StringComparison.Ordinal)]
            where !link.Contains("://", StringComparison.Ordinal) && !File.Exists(Path.GetFullPath(link, Folder))
            select $"{Path.GetFileName(page)}: {link}");

    private static string SourceFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
