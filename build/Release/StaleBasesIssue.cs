using Octokit;

namespace Build.Release;

/// <summary>One issue as long as bases are stale: opened, kept true, closed when nothing is any more.</summary>
internal sealed class StaleBasesIssue(GitHub gitHub, ReleaseSettings settings, Action<string, string> told)
{
    private const string Title = "Base images have moved";

    public async Task WriteAsync(IReadOnlyList<MovedBase> moved, CancellationToken cancellationToken)
    {
        if (moved.Count == 0)
        {
            if (await gitHub.RunAsync(FindAsync) is not { } over) return;
            await gitHub.RunAsync(() => gitHub.Client.Issue.Update(settings.Owner, settings.Name, over.Number, new IssueUpdate { State = ItemState.Closed }));
            told("closed", $"issue {over.Number}");
            return;
        }
        var body = ReleaseText.Stale(moved);
        var issue = await gitHub.EnsureAsync(FindAsync, async () =>
        {
            var made = await gitHub.Client.Issue.Create(settings.Owner, settings.Name, new NewIssue(Title) { Body = body });
            told("opened", $"issue {made.Number}");
            return made;
        }, cancellationToken);
        if (ReleaseText.Same(issue.Body, body)) return;
        await gitHub.RunAsync(() => gitHub.Client.Issue.Update(settings.Owner, settings.Name, issue.Number, new IssueUpdate { Body = body }));
        told("updated", $"issue {issue.Number}");
    }

    private async Task<Issue?> FindAsync() =>
        (await gitHub.Client.Issue.GetAllForRepository(settings.Owner, settings.Name, new RepositoryIssueRequest { State = ItemStateFilter.Open }, GitHub.AllPages))
        .FirstOrDefault(i => i.PullRequest is null && i.Body?.StartsWith(ReleaseText.StaleMarker, StringComparison.Ordinal) == true);
}
