using Viaduct.Oci;
using Viaduct.Oci.Layouts;
using Viaduct.Registry;

namespace Viaduct.Copying;

/// <summary>Where a copy goes to: a repository, a layout or an archive.</summary>
public abstract class CopyTarget
{
    /// <summary>As it was named, without tag.</summary>
    public required string Name { get; init; }

    /// <summary>True where a tag may be pointed at something else than it shows now.</summary>
    public required bool MayMoveTags { get; init; }

    /// <summary>A repository, from which another one of its registry can mount.</summary>
    internal virtual Reference? Repository => null;

    /// <summary>Blobs that are on their way here at the same time; a registry's client has a limit of its own, which this must not undercut.</summary>
    internal virtual int Streams => 16;

    public static CopyTarget Of(RepositoryClient repository, bool mayMoveTags) =>
        new RepositoryTarget(repository) { Name = repository.Name.Name, MayMoveTags = mayMoveTags };

    /// <summary>A folder on this machine; its names may always move, as <c>export</c> moves them.</summary>
    /// <param name="names">Names that are more than their text, by it: those of entries which another layout tells apart by the whole image's name.</param>
    public static CopyTarget Of(OciLayout layout, string name, IReadOnlyDictionary<string, LayoutName>? names = null) =>
        new LayoutTarget(layout, names) { Name = name, MayMoveTags = true };

    /// <summary>A file that is written at the end of the copy, in the place of another one that was there.</summary>
    public static CopyTarget OfArchive(string path, string name) => new ArchiveTarget(path) { Name = name, MayMoveTags = true };

    /// <summary>What a tag shows now; null when it is absent.</summary>
    internal abstract Task<Digest?> FindTagAsync(string tag, CancellationToken cancellationToken);

    /// <summary>Whether a manifest is there by its digest, with all that it names.</summary>
    /// <param name="about">Then it has to be found among the referrers of this, too: a copy that was cut short may have ended between the two.</param>
    internal abstract Task<bool> HasAsync(Descriptor manifest, Digest? about, CancellationToken cancellationToken);

    /// <summary>Whether a blob is there, for who only looks.</summary>
    internal abstract Task<bool> HasBlobAsync(Descriptor blob, CancellationToken cancellationToken);

    internal abstract Task PushBlobAsync(Blob blob, CancellationToken cancellationToken);

    /// <param name="refers">It is about another manifest, and nothing else may name it.</param>
    internal abstract Task PushManifestAsync(RawManifest manifest, bool refers, CancellationToken cancellationToken);

    /// <summary>Called once all manifests are there, before the first tag.</summary>
    internal virtual Task EnterAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    internal abstract Task TagAsync(string tag, RawManifest manifest, CancellationToken cancellationToken);

    /// <summary>Called once, after the last tag.</summary>
    internal virtual Task CompleteAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
