namespace Viaduct.Cli.Tests;

/// <summary>What GitHub Actions and Azure Pipelines are told beside the usual words.</summary>
public sealed class CiWordsTests
{
    [Fact]
    public async Task An_error_is_an_annotation_at_its_line()
    {
        using var place = new Place().Image("hello", dockerfile: "FROM scratch\nCOPPY hello.txt /\n").With("GITHUB_ACTIONS", "true");
        var outcome = await place.RunAsync("build", "--output", "out");
        Assert.Matches("(?m)^error VIA2108", outcome.Error);
        Assert.Matches("(?m)^::error file=.*images/hello/Dockerfile,line=2,title=VIA2108::", outcome.Error);
        Assert.Matches(@"(?m)^##vso\[task.logissue type=error;sourcepath=.*Dockerfile;linenumber=2;code=VIA2108\]", (await place.With("GITHUB_ACTIONS", "").With("TF_BUILD", "True").RunAsync("build", "--output", "out")).Error);
    }

    [Fact]
    public async Task No_word_of_an_error_begins_a_command()
    {
        using var place = new Place().With("GITHUB_ACTIONS", "true");
        var outcome = await place.RunAsync("inspect", "a%0A::set-output name=x::b\n::add-mask::c");
        Assert.DoesNotMatch("(?m)^::(?!error )", outcome.Error);
        Assert.Contains("%250A", outcome.Error);
    }

    [Fact]
    public async Task A_step_has_a_summary_and_its_lists_as_a_variable()
    {
        using var place = new Place().Image("hello");
        place.With("GITHUB_STEP_SUMMARY", place.PathOf("summary.md")).With("GITHUB_OUTPUT", place.PathOf("output"));
        var pushed = await place.RunAsync("push", "--output", "json");
        Assert.Equal(0, pushed.Exit);
        Assert.Contains("| hello | linux/amd64 |", File.ReadAllText(place.PathOf("summary.md")));
        var digest = pushed.Json.GetProperty("images")[0].GetProperty("list").GetProperty("digest").GetString();
        Assert.Equal($"lists={{\"{place.Registry}/hello:latest\":\"{digest}\"}}\n", File.ReadAllText(place.PathOf("output")));
        var warned = await place.With("GITHUB_STEP_SUMMARY", place.PathOf("no/such/folder/file")).RunAsync("push");
        Assert.Equal(0, warned.Exit);
        Assert.StartsWith("warning: GITHUB_STEP_SUMMARY: ", warned.Error);
    }
}
