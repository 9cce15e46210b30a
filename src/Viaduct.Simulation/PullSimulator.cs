using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>
/// Predicts what a node with containerd would pull and whether it could run it, from what really lies in the registry.
/// One simulator reads each image once and may be asked for many nodes at the same time.
/// </summary>
public sealed class PullSimulator
{
    /// <summary>Lists within lists: containerd follows them, though hardly anybody writes one.</summary>
    private const int MaxNesting = 4;

    private readonly SharedReads<RawManifest?> _manifests = new();
    private readonly SharedReads<ImageContents> _images = new();

    /// <exception cref="ViaductException">VIA6001, VIA6002; and what the source throws when it cannot be reached.</exception>
    public async Task<SimulatedPull> PullAsync(IContentSource source, RawManifest manifest, Platform node, CancellationToken cancellationToken)
    {
        if (node.Os.Length == 0 || node.Architecture.Length == 0) throw SimulationErrors.BadNode(node);
        if (!manifest.IsImage && !manifest.IsIndex) throw SimulationErrors.NotAnImage(manifest);

        var draft = new PullDraft(node);
        var host = HostPlatform.Of(node);
        if (manifest.IsIndex && host.Normalized().Variant != node.Normalized().Variant)
            draft.Add(Verdict.Warning, $"node {node} is {host} to containerd, which never takes an entry for a higher level");
        var image = await SelectAsync(source, manifest, host, draft, cancellationToken).ConfigureAwait(false);
        if (image is null) return draft.Finish();

        draft.Selected ??= image.Descriptor;
        var contents = await _images.GetAsync(source, image.Digest, ct => ImageReading.ReadAsync(source, image, ct), cancellationToken).ConfigureAwait(false);
        draft.AddContents(contents, host);
        return draft.Finish();
    }

    private async Task<RawManifest?> SelectAsync(IContentSource source, RawManifest manifest, Platform host, PullDraft draft, CancellationToken cancellationToken)
    {
        for (var depth = 0; manifest.IsIndex; depth++)
        {
            if (depth == MaxNesting)
            {
                draft.AddAboutPull(Verdict.Failure, "the lists within lists do not end");
                return null;
            }
            try
            {
                var selection = ContainerdSelection.Choose(manifest.AsIndex().Manifests, host);
                draft.AddSelection(selection, manifest);
                if (selection.Chosen is not { } entry) return null;
                if (await ChildAsync(source, entry, draft, cancellationToken).ConfigureAwait(false) is not { } child) return null;
                manifest = child;
            }
            catch (ViaductException e) when (e.IsAboutContent())
            {
                draft.Add(Verdict.Failure, $"node {host} cannot pull it: {e.Told()}");
                return null;
            }
        }
        return manifest;
    }

    private async Task<RawManifest?> ChildAsync(IContentSource source, Descriptor entry, PullDraft draft, CancellationToken cancellationToken)
    {
        var child = await _manifests.GetAsync(source, entry.Digest, ct => source.FindManifestAsync(entry.Digest.ToString(), ct), cancellationToken).ConfigureAwait(false);
        if (child is null)
            draft.AddAboutPull(Verdict.Failure, "it is not in the repository: the pull fails with \"not found\"");
        else if (child.Bytes.Length != entry.Size || !entry.Digest.Matches(child.Bytes.Span))
            draft.AddAboutPull(Verdict.Failure, $"its manifest is not what the list says ({child.Bytes.Length} bytes, {Digest.Sha256(child.Bytes.Span)}): the pull fails");
        else if (!child.IsImage && !child.IsIndex)
            draft.AddAboutPull(Verdict.Failure, $"it is neither an image nor a list but '{child.MediaType}': the pull fails");
        else
            return child;
        return null;
    }
}
