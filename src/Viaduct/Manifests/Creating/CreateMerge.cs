using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>Puts what was read into a local list. Each method is a rule, and none drops an image without a word.</summary>
internal sealed class CreateMerge(CreateRequest request, Action<string> note)
{
    /// <param name="list">As it is in the store, or empty.</param>
    /// <exception cref="ViaductException">VIA5103 when an image is for more platforms than it has names.</exception>
    public StoredList Into(StoredList list, IReadOnlyList<ReadChild> children)
    {
        children = CreateNames.Apart(children);
        var brought = children.SelectMany(c => c.Images).Select(i => i.Ref).ToHashSet();
        var kept = list.Companion;
        foreach (var child in children.Where(c => !c.IsPresent)) list = WithoutStale(list, child, brought);
        foreach (var child in children.Where(c => c.Appended is null))
            foreach (var image in child.Images) list = With(list, image, child.Declared);
        foreach (var child in children.Where(c => c.Appended is not null)) list = WithAppended(list, child);
        return list with { Companion = Beside(list, kept, children) };
    }

    /// <summary>A name that was read leaves nothing of what it stood for before. What <c>--platform</c> leaves aside was not read.</summary>
    private StoredList WithoutStale(StoredList list, ReadChild child, HashSet<Reference> brought)
    {
        bool IsRead(Descriptor image) => child.Appended is not null || PlatformFilter.Takes(request.Platforms, image);
        var stale = list.Entries.Where(e => !brought.Contains(e.Image.Ref) && IsRead(e.Image.Descriptor) && IsOf(list, child, e.Image)).ToList();
        foreach (var entry in stale)
        {
            note($"{entry.Image.Ref} is not in {child.Source ?? child.Name.ToString()} any more and was left out");
            list = list.Without(entry);
        }
        return list;
    }

    private static bool IsOf(StoredList list, ReadChild child, StoredManifest image)
    {
        var source = LocalSource.Of(list, image);
        if (child.Source is not null || source is not null) return child.Source == source;
        if (child.Name is not { Tag: { } tag, Digest: null } || image.Ref.Name != child.Name.Name) return false;
        // The second name of an image that is in a list for two platforms has no tag.
        return image.Ref.Tag == tag || (image.Ref.Tag is null && list.Entries.Any(e => e.Image.Ref == child.Name.WithDigest(image.Descriptor.Digest)));
    }

    /// <summary>What annotate has made of an image stays while it is the same; what is declared now goes before that.</summary>
    private StoredList With(StoredList list, StoredManifest image, Platform? declared)
    {
        if (StoreNames.Named(list.Entries, image.Ref) is not { } entry) return list.With(image);
        var (present, now) = (entry.Image.Descriptor, image.Descriptor);
        if (present.Digest == now.Digest)
        {
            var platform = declared is null ? present.Platform : ConfigPlatform.Complete(declared, present.Platform ?? now.Platform!);
            return list.With(image with { Descriptor = now with { Platform = platform, Annotations = present.Annotations } });
        }
        // Without --refresh only those are read that were not there: somebody else has been quicker.
        if (!request.Refresh && entry.Image.Manifest is not null) return list;
        note($"{image.Ref} is {now.Digest.Short} now and was {present.Digest.Short}");
        return list.Without(entry).With(image);
    }

    /// <summary>An image of the registry's list gives way to any other that the local list has for its platform, from now or from before.</summary>
    private StoredList WithAppended(StoredList list, ReadChild appended)
    {
        var own = appended.Images.Select(i => i.Ref).ToHashSet();
        foreach (var image in appended.Images)
        {
            var other = list.Entries.FirstOrDefault(e => !own.Contains(e.Image.Ref) && e.Image.Descriptor.Platform is { } platform && platform.Same(image.Descriptor.Platform!))?.Image;
            if (other is null) list = With(list, image, null);
            else if (StoreNames.Named(list.Entries, image.Ref) is { } before) list = list.Without(before);
            if (other is not null && other.Descriptor.Digest != image.Descriptor.Digest)
                note($"{other.Ref} takes the place of {image.Descriptor.Digest.Short}, which the list had for {image.Descriptor.Platform}");
        }
        return list;
    }

    /// <summary>What docker's files cannot hold, of the images that are in the list.</summary>
    private Companion Beside(StoredList list, Companion kept, IReadOnlyList<ReadChild> children)
    {
        var attestations = children.SelectMany(c => c.Attestations).Concat(kept.Attestations.Where(a => !children.Any(c => IsOutdated(a, c)))).DistinctBy(a => a.Entry.Digest).ToList();
        var annotations = new Dictionary<string, string>(children.FirstOrDefault(c => c.Appended is not null)?.Appended ?? new Dictionary<string, string>());
        foreach (var (key, value) in kept.Annotations.Concat(request.Annotations)) annotations[key] = value;
        var local = list.Entries.Select(e => (e.Image.Ref.Name, e.Image.Descriptor.Digest)).Concat(attestations.Select(a => (a.Repository.Name, a.Entry.Digest)))
            .Where(p => p.Name == request.List.Name).Select(p => p.Digest).ToHashSet();
        return (list.Companion with
        {
            Annotations = annotations,
            Attestations = attestations,
            Sources = Sources(kept, children).Where(s => local.Contains(s.Key)).ToDictionary(),
        }).Of(list.Entries);
    }

    /// <summary>An attestation counts until its list is read again; dropped are those of images that are named.</summary>
    private bool IsOutdated(StoredAttestation attestation, ReadChild child) =>
        child.Images.Any(i => AttestationEntry.IsOf(attestation.Entry, i.Descriptor.Digest))
        && (request.DropAttestations || (!child.IsPresent && attestation.Repository == child.Name));

    /// <summary>What came from a local source is there until it is read in the list's own repository: that another one has it too helps nobody.</summary>
    private Dictionary<Digest, string> Sources(Companion kept, IReadOnlyList<ReadChild> children)
    {
        var sources = new Dictionary<Digest, string>(kept.Sources);
        foreach (var child in children.Where(c => !c.IsPresent))
            foreach (var digest in child.Images.Select(i => i.Descriptor.Digest).Concat(child.Attestations.Select(a => a.Entry.Digest)))
                if (child.Source is { } source) sources[digest] = source;
                else if (child.Name.Name == request.List.Name) sources.Remove(digest);
        return sources;
    }
}
