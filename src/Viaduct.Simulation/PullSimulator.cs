using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>
/// Predicts what a node would pull and whether it could run it, from what really lies in the registry.
/// One simulator reads each image once and may be asked for many nodes at the same time.
/// </summary>
public sealed class PullSimulator(PullOptions options)
{
    /// <summary>distribution-spec, "Pulling manifests" and "Error Codes".</summary>
    private static readonly RegistryAnswer NothingThere = new() { Manifest = new HttpAnswer(404) { Errors = [new RegistryError("MANIFEST_UNKNOWN", "manifest unknown")] } };

    private readonly SharedReads<RawManifest?> _manifests = new();
    private readonly KeyedReads<(Digest Digest, bool AllConfigs), Candidates> _lists = new();
    private readonly KeyedReads<(Digest Digest, string Command), ImageContents> _images = new();
    private readonly LayerShelf _shelf = new();

    public PullSimulator()
        : this(PullOptions.Default)
    {
    }

    /// <summary>As the other, where the manifest has no name: error texts name its digest.</summary>
    public Task<SimulatedPull> PullAsync(IContentSource source, RawManifest manifest, Node node, CancellationToken cancellationToken) =>
        PullAsync(source, manifest, manifest.Digest.ToString(), node, cancellationToken);

    /// <param name="reference">As the runtime's error texts name the image.</param>
    /// <exception cref="ViaductException">VIA6001, VIA6002; and what the source throws when it cannot be reached.</exception>
    public Task<SimulatedPull> PullAsync(IContentSource source, RawManifest manifest, string reference, Node node, CancellationToken cancellationToken) =>
        PullAsync(source, manifest, reference, node, options.Command, cancellationToken);

    /// <summary>As the others, with a pod's own command and args in place of <see cref="PullOptions.Command"/>: many pods share what is read of an image.</summary>
    internal async Task<SimulatedPull> PullAsync(
        IContentSource source, RawManifest manifest, string reference, Node node, IReadOnlyList<string>? command, CancellationToken cancellationToken)
    {
        if (node.Platform.Os.Length == 0 || node.Platform.Architecture.Length == 0) throw SimulationErrors.BadNode(node.Platform);
        if (!manifest.IsImage && !manifest.IsIndex) throw SimulationErrors.NotAnImage(manifest);

        var draft = new PullDraft(node);
        if (node.Platform.Normalized().Os == "windows" && !node.Runtime.KnowsWindows)
        {
            draft.Add(FindingKinds.NotLookedInto, Verdict.Unknown, $"what {node.Runtime} does on a Windows node such as {node} is not known here");
            return draft.Finish();
        }
        if (await SelectAsync(source, manifest, reference, draft, cancellationToken).ConfigureAwait(false) is not { } image) return draft.Finish();

        draft.Selected ??= image.Descriptor;
        var asked = options with { Command = command };
        var contents = await _images.GetAsync(source, (image.Digest, string.Join('\0', command ?? [])), ct => ImageReading.ReadAsync(source, image, asked, _shelf, ct), cancellationToken)
            .ConfigureAwait(false);
        draft.AddContents(contents);
        return draft.Finish();
    }

    /// <summary>What a node would run into where the registry has nothing of the name.</summary>
    public static SimulatedPull Missing(Reference reference, Node node)
    {
        var draft = new PullDraft(node);
        var told = PullErrors.TryTell(node.Runtime, reference, NothingThere, SentCredentials.None, out var text) && text is not null ? $"\"{text}\"" : "\"not found\"";
        draft.Add(FindingKinds.ContentMissing, Verdict.Failure, $"node {node} finds no image of the name: the pull fails with {told}");
        return draft.Finish();
    }

    private async Task<RawManifest?> SelectAsync(IContentSource source, RawManifest manifest, string reference, PullDraft draft, CancellationToken cancellationToken)
    {
        if (!manifest.IsIndex) return manifest;
        try
        {
            var allConfigs = draft.Node.Runtime.LooksAtConfigs;
            var list = await _lists.GetAsync(source, (manifest.Digest, allConfigs), ct => Candidates.ReadAsync(source, manifest, allConfigs, ct), cancellationToken).ConfigureAwait(false);
            var selection = Selector.For(draft.Node.Runtime, draft.Node.Platform, asHost: true).Explain(list, reference);
            draft.AddSelection(selection);
            if (selection.Chosen is null) return null;
            foreach (var position in selection.Fetched.Except(selection.Path.Take(1)))
                if (await ChildAsync(source, list.Entries[position].Entry, draft, cancellationToken).ConfigureAwait(false) is null) return null;
            RawManifest? image = null;
            foreach (var position in selection.Path)
            {
                var step = list.Entries[position];
                image = await ChildAsync(source, step.Entry, draft, cancellationToken).ConfigureAwait(false);
                if (image is null || step.Nested is not { } nested) break;
                list = nested;
            }
            if (image is { IsIndex: true }) draft.AddAboutPull(FindingKinds.NestedList, Verdict.Failure, "the lists within lists do not end");
            return image is { IsImage: true } ? image : null;
        }
        catch (ViaductException e) when (e.IsAboutContent())
        {
            draft.Add(e.Kind == FailureKind.Absent ? FindingKinds.ContentMissing : FindingKinds.Unusable, Verdict.Failure, $"node {draft.Node} cannot pull it: {e.Told()}");
            return null;
        }
    }

    private async Task<RawManifest?> ChildAsync(IContentSource source, Descriptor entry, PullDraft draft, CancellationToken cancellationToken)
    {
        var child = await _manifests.GetAsync(source, entry.Digest, ct => source.FindManifestAsync(entry.Digest.ToString(), ct), cancellationToken).ConfigureAwait(false);
        if (child is null)
            draft.AddAboutPull(FindingKinds.ContentMissing, Verdict.Failure, "it is not in the repository: the pull fails with \"not found\"");
        else if (child.Bytes.Length != entry.Size || !entry.Digest.Matches(child.Bytes.Span))
            draft.AddAboutPull(FindingKinds.ContentMissing, Verdict.Failure, $"its manifest is not what the list says ({child.Bytes.Length} bytes, {Digest.Sha256(child.Bytes.Span)}): the pull fails");
        else if (!child.IsImage && !child.IsIndex)
            draft.AddAboutPull(FindingKinds.NotAnImage, Verdict.Failure, $"it is neither an image nor a list but '{child.MediaType}': the pull fails");
        else
            return child;
        return null;
    }
}
