using Viaduct.Metadata;
using Viaduct.Oci;

namespace Build.Release;

/// <summary>Tells GitHub what was pushed. Each part looks first and does what is missing, so that a run after a failure goes on, and one after a success only reads.</summary>
/// <param name="told">What was done, and to what.</param>
internal sealed class Publication(ReleaseSettings settings, TimeProvider clock, Action<string, string> told)
{
    /// <param name="bases">Asked only where stale bases are to have an issue; null where not.</param>
    /// <returns>The address of the release; null where there is no tag.</returns>
    /// <exception cref="ViaductException">VIA80xx.</exception>
    public async Task<string?> RunAsync(JobRecord record, IReadOnlyList<Asset> assets, IReadOnlyList<MovedBase>? bases, CancellationToken cancellationToken)
    {
        using var gitHub = new GitHub(settings, clock);
        // The verdict comes first: it is true whatever becomes of the rest.
        await new CommitVerdict(gitHub, settings, told).SetAsync(record, cancellationToken);
        if (settings.PullRequest is { } number) await new PullRequestComment(gitHub, settings, told).WriteAsync(number, record, cancellationToken);
        if (bases is not null) await new StaleBasesIssue(gitHub, settings, told).WriteAsync(bases, cancellationToken);
        return settings.Tag is { } tag ? await new ReleasePage(gitHub, settings, told).PublishAsync(tag, record, assets, cancellationToken) : null;
    }
}
