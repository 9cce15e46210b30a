namespace Viaduct.Acceptance.Tests.CiFiles;

/// <summary>The two pipelines, by GitLab's schema and by what their jobs need of one another (gitlab-ci-local).</summary>
public sealed class GitLab_takes_our_files
{
    [Fact]
    public async Task The_pipeline_is_right() => Assert.Contains("images", (await ListAsync(File.ReadAllText(At("gitlab-ci.yml")))).MustSucceed().Text);

    [Fact]
    public async Task Its_jobs_are_right_with_those_that_viaduct_adds()
    {
        using var folder = new TemporaryFolder().WithApp("FROM scratch\nCOPY file /file\n").With("images/app/file", "x");
        var jobs = (await ViaductCli.RunAsync(folder, "matrix", "--format", "gitlab")).MustSucceed().Text;
        var listed = (await ListAsync(File.ReadAllText(At("gitlab-legs.yml")) + jobs)).MustSucceed().Text;
        foreach (var job in (string[])["build linux-amd64", "build linux-arm64", "assemble"]) Assert.Contains(job, listed);
    }

    [Theory]
    [InlineData("gitlab-ci.yml", "resource_group: images", "resource_group: []")]
    [InlineData("gitlab-ci.yml", "stage: images", "stage: imags")]
    [InlineData("gitlab-legs.yml", "    paths: [images.json]", "    path: [images.json]\n    when: sometimes")]
    public async Task What_GitLab_does_not_know_is_refused(string file, string right, string wrong)
    {
        var text = File.ReadAllText(At(file));
        Assert.Contains(right, text);
        Assert.NotEqual(0, (await ListAsync(text.Replace(right, wrong, StringComparison.Ordinal))).Exit);
    }

    private static string At(string file) => Path.Combine(Repository.Root, "docs/ci", file);

    /// <summary>It looks at the repository that a pipeline lies in.</summary>
    private static async Task<Outcome> ListAsync(string pipeline)
    {
        using var folder = new TemporaryFolder().With(".gitlab-ci.yml", pipeline);
        foreach (var words in (string[][])[["init", "-q", "."], ["remote", "add", "origin", "https://gitlab.example/team/images.git"], ["add", "-A"], ["-c", "user.name=n", "-c", "user.email=n@example", "commit", "-qm", "m"]])
            (await Command.RunAsync(["git", .. words], folder.Path, null)).MustSucceed();
        return await Command.RunAsync([$"{RealParts.Npm}/.bin/gitlab-ci-local", "--list"], folder.Path, new Dictionary<string, string?> { ["HOME"] = folder.Path });
    }
}
