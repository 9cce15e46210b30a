using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>What there is to choose from: the entries of a list, or the one image that is no list.</summary>
public sealed class Candidates
{
    private Candidates(Digest digest, bool isList, bool isDocker, IReadOnlyList<Candidate> entries) =>
        (Digest, IsList, IsDocker, Entries) = (digest, isList, isDocker, entries);

    /// <summary>Of the list or the image.</summary>
    public Digest Digest { get; }

    /// <summary>False for a single image, which every runtime takes whatever it is for.</summary>
    public bool IsList { get; }

    /// <summary>True for docker's media type, which some error texts name.</summary>
    public bool IsDocker { get; }

    public IReadOnlyList<Candidate> Entries { get; }

    public static Candidates OfList(Digest digest, bool isDocker, IReadOnlyList<Candidate> entries) => new(digest, true, isDocker, entries);

    public static Candidates OfImage(Candidate image) => new(image.Entry.Digest, false, false, [image]);

    /// <summary>Reads what runtimes look at: the list, lists within it, and configs.</summary>
    /// <param name="allConfigs">For a runtime that <see cref="Runtime.LooksAtConfigs"/>; else those of entries without a platform are read.</param>
    /// <exception cref="ViaductException">What the source throws; VIA1010, VIA1011 for content that cannot be read.</exception>
    public static Task<Candidates> ReadAsync(IContentSource source, RawManifest manifest, bool allConfigs, CancellationToken cancellationToken) =>
        new CandidateReader(source, allConfigs).ReadAsync(manifest, 0, cancellationToken);
}
