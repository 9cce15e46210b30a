using System.CommandLine;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Options;
using Viaduct.Copying;
using Viaduct.Execution;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;

namespace Viaduct.Cli.Sessions;

/// <summary>The copies that <c>viaduct copy</c> was asked for: one, or one for each thing that the source's tags show.</summary>
internal sealed class CopyWork(CopySession session, CopyOptions options, ParseResult parse, IReadOnlyList<ImagePlace> to)
{
    public Task<IReadOnlyList<CopyResult>> RunAsync(IProgress<JobEvent>? progress, CancellationToken cancellationToken) =>
        options.AllTags(parse) ? AllAsync(progress, cancellationToken) : OneAsync(progress, cancellationToken);

    private async Task<IReadOnlyList<CopyResult>> OneAsync(IProgress<JobEvent>? progress, CancellationToken cancellationToken)
    {
        var (name, manifest) = await session.From.ResolveAsync(cancellationToken).ConfigureAwait(false);
        if (options.Platform(parse) is { } wanted)
            manifest = await ImageSession.ChooseAsync(session.From.Content, session.From.Shown, manifest, wanted, cancellationToken).ConfigureAwait(false);
        foreach (var place in to)
            if (place.Reference?.Digest is { } said && said != manifest.Digest)
                throw CliErrors.Usage($"'{place}' names another digest than {manifest.Digest}, which is what is copied", "Leave the digest of TARGET out.");
        var destinations = (await TargetsAsync(null, cancellationToken).ConfigureAwait(false)).Select(t => new CopyDestination(t.Target,
            [.. t.Places.SelectMany(place => CopyNames.Of(place, options.Tags(parse), session.From.TagOr(name))).Distinct()]));
        return await new CopyJob(Asked(new CopyRequest(session.From.Source, manifest, [.. destinations]), progress)).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<CopyResult>> AllAsync(IProgress<JobEvent>? progress, CancellationToken cancellationToken)
    {
        var tags = await CopyTags.ReadAsync(session.From, options.WithReferrers(parse), cancellationToken).ConfigureAwait(false);
        foreach (var kind in to.Select(p => p.Kind).Distinct()) tags.CheckFor(kind);
        var targets = await TargetsAsync(tags.Whole, cancellationToken).ConfigureAwait(false);
        var jobs = tags.Roots.Select(root => new CopyJob(Asked(new CopyRequest(session.From.Source, root,
            [.. targets.Select(t => new CopyDestination(t.Target, tags.NamesOf(root, t.Places[0].Kind)))]), progress))).ToList();
        await Parallel.ForEachAsync(jobs, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = cancellationToken }, async (job, _) => await job.CheckAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        var results = new List<CopyResult>();
        foreach (var job in jobs) results.AddRange(await job.RunAsync(cancellationToken).ConfigureAwait(false));
        return results;
    }

    private async Task<IReadOnlyList<(CopyTarget Target, IReadOnlyList<ImagePlace> Places)>> TargetsAsync(
        IReadOnlyDictionary<string, LayoutName>? names, CancellationToken cancellationToken)
    {
        var targets = new List<(CopyTarget, IReadOnlyList<ImagePlace>)>();
        foreach (var places in to.GroupBy(session.KeyOf))
            targets.Add((await session.TargetAsync(places.First(), options.MoveTag(parse), options.DryRun(parse), names, cancellationToken).ConfigureAwait(false), [.. places]));
        return targets;
    }

    private CopyRequest Asked(CopyRequest request, IProgress<JobEvent>? progress) =>
        request with { WithReferrers = options.WithReferrers(parse), DryRun = options.DryRun(parse), Progress = progress };
}
