using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>A repository in a registry.</summary>
public sealed class RepositoryClient : IContentSource, IContentSink
{
    private readonly Manifests _manifests;
    private readonly BlobReader _blobs;
    private readonly BlobPush _push;
    private readonly TagPages _tags;

    internal RepositoryClient(Reference name, RegistryConnection connection)
    {
        Name = name;
        _manifests = new Manifests(name, connection);
        _blobs = new BlobReader(name, connection);
        _push = new BlobPush(name, connection);
        _tags = new TagPages(name, connection);
    }

    public Reference Name { get; }

    /// <summary>Media type, digest and size of a manifest, by HEAD where the registry answers it in full.</summary>
    /// <returns>null only when the registry says cleanly that there is none.</returns>
    public Task<Descriptor?> HeadManifestAsync(string tagOrDigest, CancellationToken cancellationToken) =>
        _manifests.HeadAsync(tagOrDigest, cancellationToken);

    /// <summary>
    /// The same of a tag that is to be put: a registry that answers 403 is asked for its tags, because some say so of what is absent.
    /// A node that pulls would meet the 403.
    /// </summary>
    public Task<Descriptor?> HeadForPushAsync(string tagOrDigest, CancellationToken cancellationToken) =>
        _manifests.HeadForPushAsync(tagOrDigest, cancellationToken);

    /// <summary>As <see cref="FindManifestAsync"/>, of a tag that is to be put; a 403 is treated as <see cref="HeadForPushAsync"/> does.</summary>
    public Task<RawManifest?> FindForPushAsync(string tagOrDigest, CancellationToken cancellationToken) =>
        _manifests.FindForPushAsync(tagOrDigest, cancellationToken);

    /// <inheritdoc/>
    public Task<RawManifest?> FindManifestAsync(string tagOrDigest, CancellationToken cancellationToken) =>
        _manifests.FindAsync(tagOrDigest, cancellationToken);

    /// <summary>The size of a blob; null when the repository does not have it.</summary>
    public Task<long?> HeadBlobAsync(Digest digest, CancellationToken cancellationToken) =>
        _blobs.HeadAsync(digest, cancellationToken);

    /// <inheritdoc/>
    public Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken) =>
        _blobs.OpenAsync(blob, cancellationToken);

    /// <inheritdoc/>
    public Task PushBlobAsync(Blob blob, CancellationToken cancellationToken) =>
        _push.PushAsync(blob, cancellationToken);

    /// <inheritdoc/>
    public Task PushManifestAsync(RawManifest manifest, CancellationToken cancellationToken) =>
        _manifests.PutAsync(manifest.Digest.ToString(), manifest, cancellationToken);

    /// <inheritdoc/>
    public Task TagAsync(string tag, RawManifest manifest, CancellationToken cancellationToken) =>
        _manifests.PutAsync(tag, manifest, cancellationToken);

    /// <summary>The tags in the registry's order, each once; none when there is no such repository.</summary>
    public IAsyncEnumerable<string> TagsAsync(CancellationToken cancellationToken) => _tags.ReadAsync(cancellationToken);
}
