using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>A local list: docker's files of it, and what is kept beside them.</summary>
/// <param name="Entries">In the order of the list; empty for a folder without files.</param>
public sealed record StoredList(Reference Name, IReadOnlyList<StoredEntry> Entries, Companion Companion)
{
    /// <summary>Files for images that have another file: copies that editors leave. docker would push these images twice.</summary>
    public IReadOnlyList<StoredEntry> Copies { get; init; } = [];

    /// <summary>What is wrong with files that hold no image; of a list that has some, only <see cref="ManifestStore.FindReadableAsync"/> tells the others.</summary>
    public IReadOnlyList<ViaductException> Unreadable { get; init; } = [];

    /// <summary>True when it is as it was when it was last pushed, hands and docker included.</summary>
    public bool IsAsPushed => Companion.Pushed is not null && Companion.PushedAs == Fingerprint;

    /// <summary>Over all that the bytes of the list depend on.</summary>
    internal Digest Fingerprint
    {
        get
        {
            var json = new GoJsonWriter().BeginObject().Map("annotations", Companion.Annotations).Name("entries").BeginArray();
            foreach (var entry in Entries) json.BeginObject().Name(entry.File).StoreDescriptor(entry.Image.Descriptor).EndObject();
            foreach (var attestation in Companion.Attestations) json.StoreDescriptor(attestation.Entry);
            return Digest.Sha256(json.EndArray().EndObject().ToBytes());
        }
    }

    /// <param name="entries">All files that hold an image.</param>
    /// <param name="companion">Null where there is nothing that counts for them.</param>
    internal static StoredList Of(Reference name, IReadOnlyList<StoredEntry> entries, IReadOnlyList<ViaductException> unreadable, Companion? companion)
    {
        var distinct = StoreNames.Distinct(entries);
        return new StoredList(name, distinct, companion ?? new Companion(name)) { Copies = [.. entries.Except(distinct)], Unreadable = unreadable }.Complete();
    }

    /// <summary>
    /// The entry of an image: by its name, then by the digest of <c>NAME@DIGEST</c> in the same repository. Null when there is none.
    /// docker's file names, which two images can share, count only where hands have made a second image of one name.
    /// </summary>
    public StoredEntry? Find(Reference image) =>
        StoreNames.Named(Entries, image)
        ?? (image.Digest is { } digest ? Entries.FirstOrDefault(e => e.Image.Descriptor.Digest == digest && e.Image.Ref.Name == image.Name) : null);

    /// <summary>
    /// The list with this image in it: in the place of the entry of the same <see cref="StoredManifest.Ref"/>, or as a new one,
    /// under docker's file name or, where another image has that already, under a longer one.
    /// </summary>
    public StoredList With(StoredManifest image)
    {
        var present = StoreNames.Named(Entries, image.Ref);
        var others = Entries.Where(e => e.File != present?.File).ToList();
        var file = present?.File ?? StoreNames.FileOf(image.Ref, others);
        return this with { Entries = StoreNames.InOrder(others.Append(new StoredEntry(file, image))) };
    }

    /// <summary>With no more beside it than is of its images; whose images the unreadable files held nobody knows.</summary>
    internal StoredList Complete()
    {
        var companion = Companion with { List = Name };
        return this with { Companion = Unreadable.Count == 0 ? companion.Of(Entries) : companion };
    }

    /// <summary>The list without this entry, and without what was kept beside it for this entry alone.</summary>
    public StoredList Without(StoredEntry entry)
    {
        var entries = Entries.Where(e => e.File != entry.File).ToList();
        return this with { Entries = entries, Companion = Companion.Of(entries) };
    }

    /// <summary>The list, to be saved, after it was pushed.</summary>
    /// <param name="digest">What the registry has it under.</param>
    public StoredList AsPushed(Digest digest) => this with { Companion = Companion with { Pushed = digest, PushedAs = Fingerprint } };
}
