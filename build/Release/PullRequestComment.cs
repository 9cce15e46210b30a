using Octokit;
using Viaduct.Metadata;

namespace Build.Release;

/// <summary>One comment on a pull request, whose text changes with each run.</summary>
internal sealed class PullRequestComment(GitHub gitHub, ReleaseSettings settings, Action<string, string> told)
{
    private IIssueCommentsClient Comments => gitHub.Client.Issue.Comment;

    public async Task WriteAsync(int number, JobRecord record, CancellationToken cancellationToken)
    {
        var body = ReleaseText.Comment(record);
        var comment = await gitHub.EnsureAsync(() => FindAsync(number), async () =>
        {
            var made = await Comments.Create(settings.Owner, settings.Name, number, body);
            told("commented", $"pull request {number}");
            return made;
        }, cancellationToken);
        if (ReleaseText.Same(comment.Body, body)) return;
        await gitHub.RunAsync(() => Comments.Update(settings.Owner, settings.Name, comment.Id, body));
        told("updated", $"comment on pull request {number}");
    }

    private async Task<IssueComment?> FindAsync(int number) =>
        (await Comments.GetAllForIssue(settings.Owner, settings.Name, number, GitHub.AllPages)).FirstOrDefault(c => c.Body?.StartsWith(ReleaseText.ReportMarker, StringComparison.Ordinal) == true);
}
