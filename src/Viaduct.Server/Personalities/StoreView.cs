using Viaduct.Oci;

namespace Viaduct.Server;

/// <summary>What rules may know of the content.</summary>
internal sealed class StoreView(Catalog catalog, ManifestStore manifests)
{
    public bool Has(RepositoryName repository) => catalog.Has(repository);

    /// <summary>What a tag points at; null for text that is none, too.</summary>
    public Digest? FindTag(RepositoryName repository, string tag) => TagName.TryParse(tag, out var name) ? manifests.FindTag(repository, name) : null;

    public bool IsTagged(RepositoryName repository, Digest digest) => manifests.Tags(repository).Any(t => manifests.FindTag(repository, t) == digest);
}
