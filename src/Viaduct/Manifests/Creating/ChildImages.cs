using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>Finds the images that a manifest stands for: itself, or those of a list, however deep it is nested, with their attestations.</summary>
/// <param name="name">As it was typed, complete.</param>
/// <param name="wanted">Of a list these platforms only; all when empty.</param>
/// <param name="keepAnnotations">Those that a list has for its images: of the list that is appended to they are wanted, of a child they would be a surprise.</param>
internal sealed class ChildImages(IContentSource source, Reference name, IReadOnlyList<Platform> wanted, bool dropAttestations, bool keepAnnotations = false)
{
    /// <summary>Of lists in lists: more is a circle or a joke.</summary>
    private const int MaxDepth = 4;

    /// <summary>The files that a folder of the store may have.</summary>
    private const int MaxEntries = 4096;

    /// <param name="declared">Instead of what the config says; null for the config's.</param>
    /// <param name="byDigest">Gives the images of lists names with their digests also where a list has only one: the tag is the list's.</param>
    public async Task<ReadChild> ReadAsync(RawManifest manifest, Platform? declared, bool byDigest, CancellationToken cancellationToken)
    {
        if (!manifest.IsIndex)
        {
            if (!manifest.IsImage) throw ListErrors.NoImage(name, manifest);
            var platform = await ConfigPlatform.ReadAsync(source, manifest, name, cancellationToken).ConfigureAwait(false);
            return Single(new StoredManifest(byDigest ? name.WithDigest(manifest.Digest) : name, manifest.Descriptor with { Platform = platform }, manifest), declared, []);
        }
        var entries = await EntriesAsync(manifest, cancellationToken).ConfigureAwait(false);
        var leaves = entries.Where(e => !AttestationEntry.Is(e) && !IsArtifact(e)).DistinctBy(e => (e.Digest, e.Platform)).ToList();
        var images = (await FailFast.AllAsync(leaves.Where(MayBeWanted), ReadLeafAsync, cancellationToken).ConfigureAwait(false))
            .Where(i => IsWanted(i.Descriptor.Platform!)).DistinctBy(i => (i.Descriptor.Digest, i.Descriptor.Platform)).ToList();
        if (images.Count == 0) throw NothingIn(leaves);
        var attestations = dropAttestations ? [] : entries.Where(e => AttestationEntry.Is(e) && images.Any(i => AttestationEntry.IsOf(e, i.Descriptor.Digest))).DistinctBy(e => e.Digest);
        var read = await FailFast.AllAsync(attestations, ReadAttestationAsync, cancellationToken).ConfigureAwait(false);
        var child = leaves.Count > 1 || byDigest ? new ReadChild(name, images, read) : Single(images[0] with { Ref = name }, declared, read);
        return child with { Artifacts = [.. entries.Where(IsArtifact)] };
    }

    private ReadChild Single(StoredManifest image, Platform? declared, IReadOnlyList<StoredAttestation> attestations) =>
        new(name, [declared is null ? image : ConfigPlatform.Complete(declared, image)], attestations) { Declared = declared };

    /// <summary>All entries that are no lists of images, the outermost first. A list that stands in several is read once.</summary>
    private async Task<IReadOnlyList<Descriptor>> EntriesAsync(RawManifest index, CancellationToken cancellationToken)
    {
        var found = new List<Descriptor>();
        var lists = new HashSet<Digest>();
        IReadOnlyList<RawManifest> level = [index];
        for (var depth = 1; level.Count > 0; depth++)
        {
            if (depth > MaxDepth) throw ListErrors.NotFlat(name, $"lists in it are nested deeper than {MaxDepth}");
            var entries = level.SelectMany(l => l.AsIndex(name.ToString()).Manifests).ToList();
            found.AddRange(entries.Where(e => !IsList(e)));
            var inner = entries.Where(e => IsList(e) && lists.Add(e.Digest)).ToList();
            if (found.Count + lists.Count > MaxEntries) throw ListErrors.NotFlat(name, $"it has more than {MaxEntries} entries");
            level = await FailFast.AllAsync(inner, GetAsync, cancellationToken).ConfigureAwait(false);
        }
        return found;
    }

    private async Task<StoredManifest> ReadLeafAsync(Descriptor entry, CancellationToken cancellationToken)
    {
        var manifest = await GetAsync(entry, cancellationToken).ConfigureAwait(false);
        var itsName = name.WithDigest(entry.Digest);
        if (!manifest.IsImage) throw ListErrors.NoImage(itsName, manifest);
        var platform = IsSaid(entry) ? entry.Platform : await ConfigPlatform.ReadAsync(source, manifest, itsName, cancellationToken).ConfigureAwait(false);
        return new StoredManifest(itsName, manifest.Descriptor with { Platform = platform, Annotations = keepAnnotations ? entry.Annotations : new Dictionary<string, string>() }, manifest);
    }

    private async Task<StoredAttestation> ReadAttestationAsync(Descriptor entry, CancellationToken cancellationToken) =>
        new(entry, name, await GetAsync(entry, cancellationToken).ConfigureAwait(false));

    private async Task<RawManifest> GetAsync(Descriptor entry, CancellationToken cancellationToken) =>
        await source.FindManifestAsync(entry.Digest.ToString(), cancellationToken).ConfigureAwait(false) ?? throw DockerWords.NoSuchManifest(name.WithDigest(entry.Digest));

    private static bool IsList(Descriptor entry) => MediaTypes.IsIndex(entry.MediaType) && !IsArtifact(entry);

    /// <summary>Neither an image nor one's attestation, which has an artifact type too (image-spec, descriptor.md; moby/buildkit, oci-artifact).</summary>
    private static bool IsArtifact(Descriptor entry) => entry.ArtifactType is not (null or "" or MediaTypes.OciConfig) && !AttestationEntry.Is(entry);

    private static bool IsSaid(Descriptor entry) => entry.Platform is { } platform && (platform.Os.Length > 0 || platform.Architecture.Length > 0);

    private bool MayBeWanted(Descriptor entry) => !IsSaid(entry) || IsWanted(entry.Platform!);

    private bool IsWanted(Platform platform) => wanted.Count == 0 || wanted.Any(w => PlatformFilter.Takes(w, platform));

    private ManifestException NothingIn(IReadOnlyList<Descriptor> leaves) => leaves.Count == 0
        ? ListErrors.NotFlat(name, "it has no image")
        : ListErrors.NotFlat(name, $"it has no image for {string.Join(", ", wanted)}", $"It has {string.Join(", ", leaves.Select(l => l.Platform).OfType<Platform>().Distinct())}.");
}
