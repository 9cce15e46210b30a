using Viaduct.Acceptance.Tests.DockerManifest.Cases;

namespace Viaduct.Acceptance.Tests.DockerManifest;

/// <summary>The table of cases and docs/docker-manifest.md say the same.</summary>
public sealed class Cases_and_their_page
{
    private const string Part = "## Where we differ from docker";

    [Fact]
    public void Each_difference_has_its_paragraph()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs/docker-manifest.md"));
        var explained = page[page.IndexOf(Part, StringComparison.Ordinal)..].Split('\n').Where(l => l.StartsWith("### ", StringComparison.Ordinal)).Select(l => l[4..]);
        Assert.Equal(Difference.All.Keys.Order(StringComparer.Ordinal), explained.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_difference_has_a_case_and_each_case_a_difference_that_is_known() =>
        Assert.Equal(Difference.All.Keys.Order(StringComparer.Ordinal), AllCases.All.Select(c => c.Differs).OfType<string>().Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void There_are_many_cases_and_each_has_a_name_of_its_own()
    {
        Assert.True(AllCases.All.Count >= 200);
        Assert.Equal(AllCases.All.Count, AllCases.All.Select(c => c.Name).Distinct().Count());
    }
}
