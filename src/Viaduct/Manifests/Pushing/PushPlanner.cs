using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>Makes of a local list what is pushed: docker's order and bytes, each image once, and a word on what nodes and registries will not like.</summary>
internal sealed class PushPlanner(Reference list, bool strict, Action<string> note)
{
    /// <summary>What docker refuses before it asks a registry for anything.</summary>
    /// <exception cref="ManifestException">VIA5120, VIA5121.</exception>
    public void Check(StoredList stored)
    {
        if (stored.Entries.Count == 0) throw PushErrors.Empty(list);
        foreach (var entry in stored.Entries)
            if (entry.Image.Descriptor.Platform is not { Os.Length: > 0, Architecture.Length: > 0 }) throw PushErrors.NoPlatform(list, entry.Image.Ref);
    }

    /// <summary>The bytes of the list alone, as <c>inspect</c> shows them.</summary>
    public PushPlan Plan(StoredList stored)
    {
        Check(stored);
        return Plan(stored, stored.Entries.Select(e => e.Image));
    }

    /// <param name="read">The images of the list that was checked, with their bytes.</param>
    /// <exception cref="ViaductException">VIA5122 to VIA5124, before anything is sent.</exception>
    public PushPlan Plan(StoredList stored, IEnumerable<StoredManifest> read)
    {
        var images = Distinct(read.Select(i => new PlannedImage(i.Ref, i.Descriptor, i.Manifest, null)));
        WarnOfPlatforms(images);
        WarnOfKinds(images);
        var companion = stored.Companion;
        var attestations = companion.Attestations
            .Where(a => images.Exists(i => AttestationEntry.IsOf(a.Entry, i.Entry.Digest)))
            .DistinctBy(a => a.Entry).ToList();
        var made = ManifestList.WriteInOrder(images.Select(i => i.Entry), attestations.Select(a => a.Entry), companion.Annotations);
        // Those of attestations were there before: BuildKit writes them into lists of either kind.
        if (made.MediaType != MediaTypes.OciIndex && (companion.Annotations.Count > 0 || images.Exists(i => i.Entry.Annotations.Count > 0)))
            throw PushErrors.NeedsIndex(list, images[0].Repository);
        return new PushPlan(made, [
            .. images.Select(i => i with { Local = companion.Sources.GetValueOrDefault(i.Entry.Digest) }),
            .. attestations.Select(a => new PlannedImage(Place(a), a.Entry, a.Manifest, companion.Sources.GetValueOrDefault(a.Entry.Digest))),
        ]);
    }

    private static Reference Place(StoredAttestation attestation) => attestation.Repository.WithDigest(attestation.Entry.Digest);

    private List<PlannedImage> Distinct(IEnumerable<PlannedImage> images)
    {
        var distinct = new List<PlannedImage>();
        foreach (var image in images)
        {
            if (distinct.Find(d => d.Entry.Digest == image.Entry.Digest && d.Entry.Platform!.Same(image.Entry.Platform!)) is { } earlier)
                note($"{image.Repository} is the same image as {earlier.Repository} and stands in the list once");
            else distinct.Add(image);
        }
        return distinct;
    }

    /// <summary>Which one nodes take: the first of those that suit them equally (containerd images.Manifest sorts stably).</summary>
    private void WarnOfPlatforms(List<PlannedImage> images)
    {
        for (var i = 1; i < images.Count; i++)
        {
            var first = images.FindIndex(other => other.Entry.Platform!.Same(images[i].Entry.Platform!));
            if (first == i) continue;
            var text = $"two images are for {images[i].Entry.Platform}: nodes take {images[first].Repository} and never {images[i].Repository}; "
                + $"'viaduct manifest remove {list} IMAGE' takes one of them out";
            if (strict) throw PushErrors.SamePlatform(list, text);
            note(text);
        }
    }

    private void WarnOfKinds(List<PlannedImage> images)
    {
        var docker = images.Find(i => MediaTypes.IsDocker(i.Entry.MediaType));
        var oci = images.Find(i => !MediaTypes.IsDocker(i.Entry.MediaType));
        if (docker is null || oci is null) return;
        var text = $"{docker.Repository} is a Docker image and {oci.Repository} an OCI image: some registries, as Quay, refuse a list of both kinds";
        if (strict) throw PushErrors.BothKinds(list, text);
        note(text);
    }
}
