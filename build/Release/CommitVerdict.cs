using Octokit;
using Viaduct.Metadata;

namespace Build.Release;

/// <summary>The verdict of the simulation as a status of the commit.</summary>
internal sealed class CommitVerdict(GitHub gitHub, ReleaseSettings settings, Action<string, string> told)
{
    private const string Context = "viaduct";

    public Task SetAsync(JobRecord record, CancellationToken cancellationToken)
    {
        var wanted = new NewCommitStatus
        {
            Context = Context,
            State = record.Proven ? CommitState.Success : CommitState.Failure,
            Description = ReleaseText.Verdict(record),
            TargetUrl = settings.RunUrl,
        };
        return gitHub.EnsureAsync(() => FindAsync(wanted), async () =>
        {
            var made = await gitHub.Client.Repository.Status.Create(settings.Owner, settings.Name, settings.Commit, wanted);
            told("set", $"status of {settings.Commit}: {wanted.Description}");
            return made;
        }, cancellationToken);
    }

    /// <summary>The newest comes first, and only that one counts. The run that has set it is not compared: a repeated one found the same.</summary>
    private async Task<CommitStatus?> FindAsync(NewCommitStatus wanted)
    {
        var latest = (await gitHub.Client.Repository.Status.GetAll(settings.Owner, settings.Name, settings.Commit, GitHub.AllPages)).FirstOrDefault(s => s.Context == Context);
        return latest is not null && latest.State.StringValue == wanted.State.ToString().ToLowerInvariant() && latest.Description == wanted.Description ? latest : null;
    }
}
