using System.Security.Cryptography;
using System.Text;
using Viaduct.Oci;

namespace Build.Release.Tests;

public sealed class PublicationTests
{
    [Fact]
    public async Task A_release_has_the_table_the_record_the_lists_and_their_checksums()
    {
        await using var gitHub = new StandIn();
        Assert.Equal("https://github.example/owner/name/releases/v1", await Sample.RunAsync(gitHub, Sample.Of()));
        var release = Assert.Single(gitHub.State.Releases);
        Assert.False((bool)release["draft"]!);
        Assert.Contains("`registry.example/team/pause:1`<br>`registry.example/team/pause:latest` | list | `sha256:", (string?)release["body"]);
        Assert.Equal(["checksums.txt", "deep.pause-named.index.json", "metadata.json", "pause.index.json"], gitHub.State.AssetsOf(release).Select(a => (string)a!["name"]!).Order(StringComparer.Ordinal));
        var files = gitHub.State.AssetsOf(release).ToDictionary(a => (string)a!["name"]!, a => gitHub.State.Files[Published.Id(a!)]);
        Assert.Equal(Sample.ListOf("team/pause").Bytes.ToArray(), files["pause.index.json"]);
        foreach (var line in Encoding.ASCII.GetString(files["checksums.txt"]).TrimEnd().Split('\n'))
            Assert.Equal(line[..64], Convert.ToHexStringLower(SHA256.HashData(files[line[66..]])));
        Assert.Equal("success", (string?)Assert.Single(gitHub.State.Statuses)["state"]);
        Assert.Contains("pause", (string?)Assert.Single(gitHub.State.Comments)["body"]);
    }

    [Fact]
    public async Task The_second_run_only_reads()
    {
        await using var gitHub = new StandIn();
        await Sample.RunAsync(gitHub, Sample.Of(), bases: Sample.Moved());
        var before = gitHub.State.ToString();
        gitHub.Heal();
        await Sample.RunAsync(gitHub, Sample.Of(), bases: Sample.Moved());
        Assert.NotEmpty(gitHub.Requests);
        Assert.All(gitHub.Requests, r => Assert.Equal("GET", r.Method));
        Assert.Equal(before, gitHub.State.ToString());
    }

    [Fact]
    public async Task What_people_wrote_round_the_table_stays()
    {
        await using var gitHub = new StandIn();
        await Sample.RunAsync(gitHub, Sample.Of());
        gitHub.State.Releases[0]["body"] = $"# Hello\r\n\r\n{gitHub.State.Releases[0]["body"]}\r\n\r\nThanks to all.";
        await Sample.RunAsync(gitHub, Sample.Of(verdict: "warning", action: "unchanged") with { Registry = "registry.example/team" });
        var body = (string)gitHub.State.Releases[0]["body"]!;
        Assert.StartsWith("# Hello\n\n<!-- viaduct:images -->", body.ReplaceLineEndings("\n"));
        Assert.EndsWith("Thanks to all.", body);
        Assert.Single(gitHub.State.Releases);
    }

    [Fact]
    public async Task A_new_record_replaces_the_files_and_changes_the_one_comment()
    {
        await using var gitHub = new StandIn();
        await Sample.RunAsync(gitHub, Sample.Of());
        await Sample.RunAsync(gitHub, Sample.Of(action: "tagged"));
        await using var fresh = new StandIn();
        await Sample.RunAsync(fresh, Sample.Of(action: "tagged"));
        Assert.Equal(fresh.State.ToString(), gitHub.State.ToString());
    }

    [Fact]
    public async Task Half_a_file_is_uploaded_again()
    {
        await using var gitHub = new StandIn();
        await Sample.RunAsync(gitHub, Sample.Of());
        var before = gitHub.State.ToString();
        gitHub.State.AssetsOf(gitHub.State.Releases[0])[1]!["state"] = "starter";
        await Sample.RunAsync(gitHub, Sample.Of());
        Assert.Equal(before, gitHub.State.ToString());
    }

    [Fact]
    public async Task A_draft_is_found_on_whichever_page_it_stands()
    {
        await using var gitHub = new StandIn { PageSize = 2 };
        foreach (var tag in (string[])["v3", "v2", "v1", "v0"]) await Sample.RunAsync(gitHub, Sample.Of(), tag: tag);
        gitHub.Heal();
        await Sample.RunAsync(gitHub, Sample.Of(), tag: "v0");
        Assert.All(gitHub.Requests, r => Assert.Equal("GET", r.Method));
        Assert.Equal(4, gitHub.State.Releases.Count);
    }

    [Fact]
    public async Task Stale_bases_have_one_issue_until_nothing_is_stale()
    {
        await using var gitHub = new StandIn();
        await Sample.RunAsync(gitHub, Sample.Of(), bases: []);
        Assert.Empty(gitHub.State.Issues);
        await Sample.RunAsync(gitHub, Sample.Of(), bases: Sample.Moved());
        await Sample.RunAsync(gitHub, Sample.Of(), bases: Sample.Moved("newer"));
        Assert.Contains("docker.io/library/alpine:3", (string?)Assert.Single(gitHub.State.Issues)["body"]);
        await Sample.RunAsync(gitHub, Sample.Of(), bases: []);
        Assert.Equal("closed", (string?)Assert.Single(gitHub.State.Issues)["state"]);
        await Sample.RunAsync(gitHub, Sample.Of(), bases: Sample.Moved());
        Assert.Equal(2, gitHub.State.Issues.Count);
    }

    [Fact]
    public async Task What_is_not_proven_is_a_failure_of_the_commit()
    {
        await using var gitHub = new StandIn();
        await Sample.RunAsync(gitHub, Sample.Of(verdict: "failure"), tag: null);
        Assert.Equal("failure", (string?)Assert.Single(gitHub.State.Statuses)["state"]);
        Assert.Contains("not proven: pause", (string?)gitHub.State.Statuses[0]["description"]);
        Assert.Empty(gitHub.State.Releases);
        await Sample.RunAsync(gitHub, Sample.Of());
        Assert.Equal("success", (string?)gitHub.State.Statuses[^1]["state"]);
    }

    [Fact]
    public async Task The_token_reaches_no_other_host_and_no_error()
    {
        await using var gitHub = new StandIn();
        await using var elsewhere = new StandIn();
        gitHub.UploadHost = elsewhere.Api;
        var failure = await Sample.TryAsync(gitHub, Sample.Of());
        Assert.Equal("VIA8007", Assert.IsType<ViaductException>(failure).Code);
        Assert.Empty(elsewhere.Requests);
        Assert.DoesNotContain(StandIn.Token, failure.ToString());
        gitHub.UploadHost = null;
        gitHub.State.Releases.Clear();
        await Sample.RunAsync(gitHub, Sample.Of());
        gitHub.Heal();
        await Sample.RunAsync(gitHub, Sample.Of());
        // Files were read back, from a host that gets no token.
        var files = gitHub.Requests.Where(r => r.PathAndQuery.EndsWith("?right=once", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        Assert.All(files, r => Assert.Null(r.Authorization));
    }

    [Fact]
    public async Task A_long_limit_ends_it_and_a_short_one_is_waited_for()
    {
        await using var gitHub = new StandIn { Plan = (3, Trouble.Limited) };
        var clock = new InstantClock();
        await Sample.RunAsync(gitHub, Sample.Of(), clock: clock);
        Assert.Contains(TimeSpan.FromSeconds(7), clock.Waits);
    }
}
