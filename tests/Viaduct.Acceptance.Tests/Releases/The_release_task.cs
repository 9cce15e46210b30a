using Viaduct.GitHubStandIn;
using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Releases;

/// <summary>The pipeline as a process, against a GitHub that remembers.</summary>
public sealed class The_release_task
{
    [Fact]
    public async Task Publishes_what_was_pushed_goes_on_after_a_failure_and_then_only_reads()
    {
        RealParts.NeedLinux();
        using var folder = new TemporaryFolder().WithImages();
        using var registry = await ServedStore.StartAsync(folder.At("store"));
        (await Pipeline.RunAsync(folder, "--registry", $"{registry.Address}/team")).MustSucceed();
        await using var gitHub = new StandIn { Plan = (4, Trouble.Down) };

        var failed = await ReleaseAsync();
        Assert.Equal((int)ExitCode.Unreachable, failed.Exit);
        Assert.Contains("VIA8004", failed.Text + failed.Error);
        Assert.DoesNotContain(gitHub.State.Releases, r => !(bool)r["draft"]!);

        gitHub.Heal();
        Assert.Contains("The release is https://github.example/owner/name/releases/v1.", (await ReleaseAsync()).MustSucceed().Text);
        var release = Assert.Single(gitHub.State.Releases);
        var names = gitHub.State.AssetsOf(release).Select(a => (string)a!["name"]!).ToList();
        Assert.Contains("metadata.json", names);
        Assert.Contains("pause.index.json", names);
        var index = gitHub.State.AssetsOf(release).Single(a => (string)a!["name"]! == "pause.index.json")!;
        Assert.Contains(Digest.Sha256(gitHub.State.Files[Published.Id(index)]).ToString(), (string)release["body"]!);

        gitHub.Heal();
        (await ReleaseAsync()).MustSucceed();
        Assert.All(gitHub.Requests, r => Assert.Equal("GET", r.Method));

        async Task<Outcome> ReleaseAsync()
        {
            var outcome = await Pipeline.RunAsync(folder, new Dictionary<string, string?>
            {
                ["GITHUB_TOKEN"] = StandIn.Token, ["GITHUB_API_URL"] = gitHub.Api, ["GITHUB_REPOSITORY"] = "owner/name", ["GITHUB_SHA"] = new string('0', 40),
                ["GITHUB_REF"] = null, ["GITHUB_REF_TYPE"] = null, ["GITHUB_RUN_ID"] = null, ["GITHUB_EVENT_PATH"] = null,
            }, "--target", "Release", "--release-tag", "v1", "--registry", $"{registry.Address}/team");
            Assert.DoesNotContain(StandIn.Token, outcome.Text + outcome.Error);
            return outcome;
        }
    }
}
