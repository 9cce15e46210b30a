using System.Collections.Concurrent;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;

namespace Viaduct.Copying;

internal sealed class LayoutTarget(OciLayout layout, IReadOnlyDictionary<string, LayoutName>? names) : CopyTarget
{
    /// <summary>Each entry would cost a write of the whole index.json.</summary>
    private readonly ConcurrentQueue<RawManifest> _referrers = [];

    /// <summary>A disk is not faster for being asked for more at once.</summary>
    internal override int Streams => 8;

    internal override async Task<Digest?> FindTagAsync(string tag, CancellationToken cancellationToken) =>
        (await layout.ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(e => LayoutName.Of(e) is { } name && (NameOf(tag) is { ImageName: not null } whole ? name == whole : name.RefName == tag))?.Digest;

    /// <summary>A folder promises nothing about what a manifest names: the files are looked for.</summary>
    internal override async Task<bool> HasAsync(Descriptor manifest, Digest? about, CancellationToken cancellationToken)
    {
        try
        {
            return await layout.FindManifestAsync(manifest.Digest.ToString(), cancellationToken).ConfigureAwait(false) is { } found
                && ManifestContents.Of(found) is var contents && contents.Blobs.Concat(contents.Foreign.Where(f => !ForeignLayers.IsForeign(f))).All(layout.HasBlob)
                && (about is not { } subject || await layout.ReferrersAsync(subject, null, cancellationToken).AnyAsync(r => r.Digest == manifest.Digest, cancellationToken).ConfigureAwait(false));
        }
        catch (ViaductException e) when (e.Code is "VIA1010" or "VIA1012" or "VIA1030" or "VIA1032")
        {
            // A file that somebody cut or damaged; it is written again.
            return false;
        }
    }

    internal override Task<bool> HasBlobAsync(Descriptor blob, CancellationToken cancellationToken) => Task.FromResult(layout.HasBlob(blob));

    internal override Task PushBlobAsync(Blob blob, CancellationToken cancellationToken) => layout.PushBlobAsync(blob, cancellationToken);

    internal override Task PushManifestAsync(RawManifest manifest, bool refers, CancellationToken cancellationToken)
    {
        if (refers) _referrers.Enqueue(manifest);
        return layout.PushManifestAsync(manifest, cancellationToken);
    }

    internal override async Task EnterAsync(CancellationToken cancellationToken)
    {
        var manifests = new List<RawManifest>();
        while (_referrers.TryDequeue(out var manifest)) manifests.Add(manifest);
        if (manifests.Count > 0) await layout.PushReferrersAsync(manifests, cancellationToken).ConfigureAwait(false);
    }

    internal override Task TagAsync(string tag, RawManifest manifest, CancellationToken cancellationToken) => layout.NameAsync(NameOf(tag), manifest, cancellationToken);

    private LayoutName NameOf(string tag) => names?.GetValueOrDefault(tag) ?? new LayoutName(tag);
}
