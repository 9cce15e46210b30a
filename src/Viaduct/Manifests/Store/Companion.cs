using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>
/// What docker's store cannot hold of a local list, kept beside it in <c>viaduct/manifests/LIST.json</c> of docker's configuration folder.
/// docker passes over all of it: what it pushes lacks these annotations and attestations.
/// </summary>
/// <param name="List">The list's full name; docker keeps a file name only, which two lists may share.</param>
public sealed record Companion(Reference List)
{
    /// <summary>Annotations of the index itself.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<StoredAttestation> Attestations { get; init; } = [];

    /// <summary>Where the content of an image is that is in no registry: <c>oci:/DIR[:NAME]</c> or <c>docker-daemon:NAME</c>, by the digest of its manifest.</summary>
    public IReadOnlyDictionary<Digest, string> Sources { get; init; } = new Dictionary<Digest, string>();

    /// <summary>The digest of the list when it was last pushed; null when it never was.</summary>
    public Digest? Pushed { get; init; }

    /// <summary>What <see cref="StoredList.Fingerprint"/> was then.</summary>
    public Digest? PushedAs { get; init; }

    /// <summary>What of it belongs to images of a list.</summary>
    internal Companion Of(IReadOnlyList<StoredEntry> entries)
    {
        var digests = entries.Select(e => e.Image.Descriptor.Digest).ToHashSet();
        var attestations = Attestations.Where(a => digests.Any(d => AttestationEntry.IsOf(a.Entry, d))).ToList();
        digests.UnionWith(attestations.Select(a => a.Entry.Digest));
        return this with
        {
            Attestations = attestations,
            Sources = Sources.Where(s => digests.Contains(s.Key)).ToDictionary(),
        };
    }

    /// <summary>With what another one has for its images: while files are being replaced, either list finds its own here.</summary>
    internal Companion And(Companion other) => this with
    {
        Attestations = [.. Attestations, .. other.Attestations.Where(o => Attestations.All(a => !a.Entry.Equals(o.Entry)))],
        Sources = other.Sources.Where(s => !Sources.ContainsKey(s.Key)).Concat(Sources).ToDictionary(),
    };
}
