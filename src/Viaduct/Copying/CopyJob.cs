using Viaduct.Oci;

namespace Viaduct.Copying;

/// <summary>
/// Copies an image or list to one or more places: blobs first, then images, lists, what is about them, and the tags last of all, at every target.
/// Ended at any moment it leaves no tag on something incomplete, and the next run goes on where it ended.
/// </summary>
public sealed class CopyJob(CopyRequest request)
{
    private readonly List<CopyRun> _runs = [];
    private Task<IReadOnlyList<(CopyTarget Target, string Tag, Digest? Shown)>>? _look;

    /// <summary>Finds a tag that would have to move and must not. For who has several jobs and would end none in the middle; <see cref="RunAsync"/> looks itself where nobody did.</summary>
    /// <exception cref="ViaductException">VIA5151.</exception>
    public Task CheckAsync(CancellationToken cancellationToken) => LookAsync(cancellationToken);

    /// <exception cref="ViaductException">VIA515x; before anything was copied, but VIA5153. VIA3xxx when a registry fails.</exception>
    public async Task<IReadOnlyList<CopyResult>> RunAsync(CancellationToken cancellationToken)
    {
        using var meter = new CopyMeter(request.Progress, request.Clock);
        await PrepareAsync(meter, cancellationToken).ConfigureAwait(false);
        if (!request.DryRun)
        {
            await BringAsync(cancellationToken).ConfigureAwait(false);
            await TagAsync(cancellationToken).ConfigureAwait(false);
        }
        return Results();
    }

    /// <summary>Finds out what has to be done, and changes nothing. For who has several jobs whose tags come after the content of all; then <see cref="BringAsync"/> and <see cref="TagAsync"/>.</summary>
    internal async Task PrepareAsync(CopyMeter meter, CancellationToken cancellationToken)
    {
        var (root, manifest) = (request.Root, request.Manifest);
        var tags = await LookAsync(cancellationToken).ConfigureAwait(false);
        if (tags.Any(t => t.Shown != root.Digest))
            manifest ??= await request.Source.Content.FindManifestAsync(root.Digest.ToString(), cancellationToken).ConfigureAwait(false) ?? throw CopyErrors.Gone(root.Digest);
        // A registry's tag tells of all behind it, a folder's of nothing.
        var known = request.Destinations.Select(d => d.Target).Where(t => t.Repository is not null && tags.Any(x => x.Target == t && x.Shown == root.Digest)).ToHashSet();
        var walk = new CopyWalk(request.Source, [.. request.Destinations.Select(d => d.Target).Distinct()]);
        var tree = await walk.WalkAsync(root, manifest, known, request.WithReferrers, cancellationToken).ConfigureAwait(false);
        foreach (var destination in request.Destinations)
            _runs.Add(new CopyRun(request, destination, tree, meter, [.. request.Holders, .. _runs.Select(r => r.Target.Repository).OfType<Reference>()],
                tags.Where(t => t.Target == destination.Target && t.Shown == root.Digest).Select(t => t.Tag).ToHashSet(StringComparer.Ordinal)));
        foreach (var run in _runs) await run.PrepareAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All but the tags.</summary>
    internal async Task BringAsync(CancellationToken cancellationToken)
    {
        foreach (var run in _runs) await run.BringAsync(cancellationToken).ConfigureAwait(false);
    }

    internal async Task TagAsync(CancellationToken cancellationToken)
    {
        foreach (var run in _runs) await run.TagAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What was done at each target; where nothing was brought, what would be.</summary>
    internal IReadOnlyList<CopyResult> Results() => [.. _runs.Select(r => r.Result())];

    /// <summary>What the tags show now, of all targets before anything is copied to one of them.</summary>
    private Task<IReadOnlyList<(CopyTarget Target, string Tag, Digest? Shown)>> LookAsync(CancellationToken cancellationToken) => _look ??= AskAsync(cancellationToken);

    private async Task<IReadOnlyList<(CopyTarget Target, string Tag, Digest? Shown)>> AskAsync(CancellationToken cancellationToken)
    {
        var shown = await FailFast.AllAsync(request.Destinations.SelectMany(d => d.Tags.Select(tag => (d.Target, Tag: tag))),
            async (t, token) => (t.Target, t.Tag, await t.Target.FindTagAsync(t.Tag, token).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);
        foreach (var (target, tag, digest) in shown)
            if (digest is { } now && now != request.Root.Digest && !target.MayMoveTags)
                throw CopyErrors.TagExists($"{target.Name}:{tag}", now, request.Root.Digest);
        return shown;
    }
}
