using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>A repository as one registry, or one mirror of it, shows it.</summary>
internal sealed class RepositoryReads
{
    public RepositoryReads(Reference name, RegistryConnection connection)
    {
        Manifests = new Manifests(name, connection);
        Blobs = new BlobReader(name, connection);
        Tags = new TagPages(name, connection);
        Referrers = new Referrers(name, connection, Manifests);
    }

    public Manifests Manifests { get; }

    public BlobReader Blobs { get; }

    public TagPages Tags { get; }

    public Referrers Referrers { get; }
}
