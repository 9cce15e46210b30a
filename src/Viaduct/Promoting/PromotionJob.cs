using Viaduct.Copying;
using Viaduct.Oci;
using Viaduct.Registry;
using Viaduct.Verification;

namespace Viaduct.Promoting;

/// <summary>
/// Copies from staging to production by digest: first it is pulled, in simulation, on production's nodes; then all content of all images; then the tags,
/// those of single images before those of lists; then it is read back. Ended at any moment no tag shows something incomplete, and the next run goes on where it ended.
/// </summary>
public sealed class PromotionJob(RegistryClient registry, PromotionRequest request)
{
    /// <summary>Copies that look or bring at the same time; the client limits the requests of all of them.</summary>
    private const int AtOnce = 8;

    private readonly List<(Promoted Name, CopyJob Job)> _jobs = [];

    /// <returns>Refusals and what was found afterwards stand in the result.</returns>
    /// <exception cref="ViaductException">VIA515x: a tag would move and must not, or staging lacks something; nothing was changed then.</exception>
    public async Task<PromotionResult> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var name in request.Names.OrderBy(n => n.IsChild)) _jobs.Add((name, JobOf(name)));
        await EachAsync(_jobs, job => job.CheckAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        var before = await SimulateAsync(verifies: false, n => n.From, cancellationToken).ConfigureAwait(false);
        if (before.Any(r => r.HasFailed)) return new PromotionResult([], before, []);

        using var meter = new CopyMeter(request.Progress, TimeProvider.System);
        await EachAsync(_jobs, job => job.PrepareAsync(meter, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (request.DryRun) return new PromotionResult(Copies(), before, []);
        var byKind = _jobs.ToLookup(j => j.Name.IsChild);
        // What a list brings, the names of its images take over.
        foreach (var isChild in (bool[])[false, true]) await EachAsync(byKind[isChild], job => job.BringAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (var isChild in (bool[])[true, false]) await EachAsync(byKind[isChild], job => job.TagAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        return new PromotionResult(Copies(), before, await SimulateAsync(verifies: true, n => n.To[0], cancellationToken).ConfigureAwait(false));
    }

    private CopyJob JobOf(Promoted name)
    {
        var targets = name.To.GroupBy(to => to.Name).Select(names =>
            new CopyDestination(CopyTarget.Of(registry.Repository(names.First(), push: true), request.MoveTags), [.. names.Select(n => n.TagOrDigest).Distinct()]));
        return new CopyJob(new CopyRequest(CopySource.Of(registry.Repository(name.From)), name.Content, [.. targets])
        {
            Holders = [.. _jobs.Where(j => name.IsChild && j.Name.Image == name.Image && !j.Name.IsChild).SelectMany(j => j.Name.To)],
            DryRun = request.DryRun,
            Progress = request.Progress,
        });
    }

    private async Task<IReadOnlyList<ListReport>> SimulateAsync(bool verifies, Func<Promoted, Reference> where, CancellationToken cancellationToken)
    {
        var simulator = new ListSimulator(registry, request.Pulls) { Runtime = request.Runtime, Verifies = verifies };
        return await FailFast.AllAsync(request.Names.Where(n => !n.IsChild), (name, token) => simulator.SimulateAsync(
            name.Image, verifies ? where(name) : where(name).WithDigest(name.Content.Digest), name.Content.Digest, request.Nodes, token), cancellationToken).ConfigureAwait(false);
    }

    private IReadOnlyList<(Promoted, CopyResult)> Copies() => [.. _jobs.SelectMany(j => j.Job.Results().Select(r => (j.Name, r)))];

    private static Task EachAsync(IEnumerable<(Promoted Name, CopyJob Job)> jobs, Func<CopyJob, Task> work, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(jobs, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (job, _) => await work(job.Job).ConfigureAwait(false));
}
