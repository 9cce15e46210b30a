using Viaduct.Oci;

namespace Build.Release.Tests;

public sealed class SettingsTests
{
    [Fact]
    public void GitHub_Actions_says_it_all()
    {
        var settings = Read(("GITHUB_REF_TYPE", "tag"), ("GITHUB_REF_NAME", "v1"), ("GITHUB_REF", "refs/tags/v1"), ("GITHUB_RUN_ID", "5"), ("GITHUB_SERVER_URL", "https://github.com"));
        Assert.Equal(("owner", "name", "v1", "https://github.com/owner/name/actions/runs/5"), (settings.Owner, settings.Name, settings.Tag, settings.RunUrl));
        Assert.Equal("https://api.github.com/", settings.Api.ToString());
        Assert.Null(settings.PullRequest);
    }

    [Fact]
    public void A_pull_request_s_commit_is_its_head()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """{"pull_request":{"head":{"sha":"abc"}}}""");
        var settings = Read(("GITHUB_REF", "refs/pull/12/merge"), ("GITHUB_REF_TYPE", "branch"), ("GITHUB_REF_NAME", "12/merge"), ("GITHUB_EVENT_PATH", file));
        File.Delete(file);
        Assert.Equal((12, "abc", null), (settings.PullRequest, settings.Commit, settings.Tag));
    }

    [Theory]
    [InlineData("GITHUB_TOKEN", "", "VIA8000")]
    [InlineData("GITHUB_SHA", "", "VIA8000")]
    [InlineData("GITHUB_REPOSITORY", "", "VIA8000")]
    [InlineData("GITHUB_REPOSITORY", "name", "VIA8001")]
    [InlineData("GITHUB_REPOSITORY", "a/b?c", "VIA8001")]
    [InlineData("GITHUB_API_URL", "http://ghe.example/api/v3", "VIA8001")]
    [InlineData("GITHUB_API_URL", "https://user:secret@ghe.example", "VIA8001")]
    public void What_is_missing_or_wrong_is_told(string variable, string value, string code)
    {
        var failure = Assert.Throws<ViaductException>(() => Read((variable, value)));
        Assert.Equal((code, ExitCode.Usage), (failure.Code, failure.Exit));
        Assert.DoesNotContain("secret-token", failure.ToString());
    }

    [Fact]
    public void An_Enterprise_Server_has_its_own_address() =>
        Assert.Equal("https://ghe.example/api/v3/", Read(("GITHUB_API_URL", "https://ghe.example/api/v3")).Api.ToString());

    private static ReleaseSettings Read(params (string Name, string Value)[] more)
    {
        var variables = new Dictionary<string, string> { ["GITHUB_REPOSITORY"] = "owner/name", ["GITHUB_TOKEN"] = "secret-token", ["GITHUB_SHA"] = Sample.Commit };
        foreach (var (name, value) in more) variables[name] = value;
        return ReleaseSettings.Read(null, variables.GetValueOrDefault);
    }
}
