using System.Collections.Concurrent;
using Viaduct.Execution;
using Viaduct.Oci;

namespace Viaduct.Copying;

/// <summary>A copy at one of its targets.</summary>
/// <param name="siblings">Repositories that hold all of it by the time that this one is filled.</param>
/// <param name="right">Tags that show it already.</param>
internal sealed class CopyRun(
    CopyRequest request, CopyDestination destination, CopyTree tree, CopyMeter meter, IReadOnlyList<Reference> siblings, IReadOnlySet<string> right)
{
    private readonly IReadOnlyList<CopyNode> _missing = [.. tree.Nodes.Where(n => n.Missing.Contains(destination.Target))];
    private readonly ConcurrentDictionary<Digest, long> _sent = [];
    private readonly HashSet<string> _signed = new(StringComparer.Ordinal);
    private IReadOnlyList<Blob> _blobs = [];
    private int _mounted;
    private int _present;

    public CopyTarget Target => destination.Target;

    /// <summary>Looks at what may stop it or need not be done, before anything is changed anywhere.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        _blobs = [.. _missing.SelectMany(n => n.Contents.Blobs).DistinctBy(b => b.Digest).Select(Movable)];
        foreach (var (tag, manifest) in tree.Signatures)
        {
            var shown = await Target.FindTagAsync(tag, cancellationToken).ConfigureAwait(false);
            if (shown == manifest.Digest) continue;
            if (shown is { } now && !Target.MayMoveTags) throw CopyErrors.TagExists($"{Target.Name}:{tag}", now, manifest.Digest);
            _signed.Add(tag);
        }
        if (request.DryRun)
            await FailFast.AllAsync(_blobs, async (blob, token) =>
            {
                if (await Target.HasBlobAsync(blob.Descriptor, token).ConfigureAwait(false)) Interlocked.Increment(ref _present);
                else if (blob.MountFrom is not null) Interlocked.Increment(ref _mounted);
                else _sent[blob.Descriptor.Digest] = blob.Descriptor.Size;
            }, cancellationToken).ConfigureAwait(false);
        meter.Expect(_blobs.Sum(b => b.Descriptor.Size));
    }

    /// <summary>All but the tags, and the root where a tag brings it.</summary>
    public async Task BringAsync(CancellationToken cancellationToken)
    {
        using var streams = new SemaphoreSlim(Target.Streams);
        await FailFast.AllAsync(_blobs, async (blob, token) =>
        {
            await streams.WaitAsync(token).ConfigureAwait(false);
            try
            {
                await Target.PushBlobAsync(blob, token).ConfigureAwait(false);
                meter.Passed(blob.Descriptor, _sent.ContainsKey(blob.Descriptor.Digest));
            }
            finally
            {
                streams.Release();
            }
        }, cancellationToken).ConfigureAwait(false);

        foreach (var level in _missing.Where(n => !IsBroughtByTag(n)).GroupBy(n => (n.Round, n.Level)).OrderBy(g => g.Key))
            await FailFast.AllAsync(level, async (node, token) =>
            {
                await Target.PushManifestAsync(node.Manifest!, node.Refers, token).ConfigureAwait(false);
                meter.Report("copied", Name(node), node.Descriptor.Digest.ToString());
            }, cancellationToken).ConfigureAwait(false);
        await Target.EnterAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task TagAsync(CancellationToken cancellationToken)
    {
        foreach (var (tag, manifest) in tree.Signatures.Where(s => _signed.Contains(s.Tag)))
            await TagAsync(tag, manifest, cancellationToken).ConfigureAwait(false);
        foreach (var tag in destination.Tags.Where(t => !right.Contains(t)))
            await TagAsync(tag, tree.Root.Manifest!, cancellationToken).ConfigureAwait(false);
        await Target.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    public CopyResult Result()
    {
        var sent = _blobs.Count(b => _sent.ContainsKey(b.Descriptor.Digest));
        var mounted = request.DryRun ? _mounted : _blobs.Count(b => b.MountFrom is not null && !_sent.ContainsKey(b.Descriptor.Digest));
        return new CopyResult(Target, request.Root, [.. destination.Tags.Select(t => (t, !right.Contains(t)))],
            [.. _missing.SelectMany(n => n.Contents.Foreign).DistinctBy(b => b.Digest)], _sent.Values.Sum())
        {
            Manifests = new CopyCount(_missing.Count, tree.Nodes.Count - _missing.Count),
            Blobs = new CopyCount(sent, _blobs.Count - sent - mounted, mounted),
            Referrers = tree.Nodes.Count(n => n.Round > 0),
            SignatureTags = [.. tree.Signatures.Select(s => s.Tag).Where(_signed.Contains)],
        };
    }

    private async Task TagAsync(string tag, RawManifest manifest, CancellationToken cancellationToken)
    {
        await Target.TagAsync(tag, manifest, cancellationToken).ConfigureAwait(false);
        if (Target.Repository is not null && await Target.FindTagAsync(tag, cancellationToken).ConfigureAwait(false) is var shown && shown != manifest.Digest)
            throw CopyErrors.NotShown($"{Target.Name}:{tag}", shown, manifest.Digest);
        meter.Report("tagged", $"{Target.Name}:{tag}", manifest.Digest.ToString());
    }

    /// <summary>Putting it under its tag is enough, unless something that is about it comes before the tag.</summary>
    private bool IsBroughtByTag(CopyNode node) => node == tree.Root && destination.Tags.Any(t => !right.Contains(t)) && tree.Nodes.All(n => n.Round == 0);

    private Blob Movable(Descriptor blob) => new(blob, async token =>
    {
        var content = await request.Source.Content.OpenBlobAsync(blob, token).ConfigureAwait(false);
        // Before it is watched: what is watched no longer shows that it is a file.
        if (Target.Repository is not null) content = VerifyingStream.ForReceiver(content);
        _sent[blob.Digest] = blob.Size;
        return meter.Watch(content, blob.Digest);
    })
    {
        IsChecked = Target.Repository is null,
        MountFrom = MountFrom(),
    };

    private Reference? MountFrom()
    {
        if (Target.Repository is not { } own) return null;
        var from = siblings.Prepend(request.Source.Repository?.Name).FirstOrDefault(r => r is not null && r.Registry == own.Registry);
        return from?.Repository == own.Repository ? null : from;
    }

    private static string Name(CopyNode node) =>
        node.Refers ? node.Descriptor.ArtifactType ?? "referrer" : node.Descriptor.Platform?.ToString() ?? (node.Descriptor is { MediaType: var type } && MediaTypes.IsIndex(type) ? "list" : "manifest");
}
