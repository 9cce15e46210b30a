using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>A repository in a registry.</summary>
public sealed class RepositoryClient : IContentSource, IContentSink, IReferrerSource
{
    private readonly RepositoryReads _own;
    private readonly MirroredReads _reads;
    private readonly BlobPush _push;
    private readonly Deletion _deletion;

    /// <param name="mirrors">Where it is read first; null when it is written to.</param>
    internal RepositoryClient(Reference name, RegistryConnection connection, MirrorPool? mirrors, RegistryOptions options)
    {
        Name = name;
        _own = new RepositoryReads(name, connection);
        _reads = new MirroredReads(name, _own, connection, mirrors, options);
        _push = new BlobPush(name, connection);
        _deletion = new Deletion(name, connection, _own.Manifests, _own.Referrers);
    }

    public Reference Name { get; }

    /// <summary>Media type, digest and size of a manifest, by HEAD where the registry answers it in full.</summary>
    /// <returns>null only when the registry says cleanly that there is none.</returns>
    public Task<Descriptor?> HeadManifestAsync(string tagOrDigest, CancellationToken cancellationToken) =>
        _reads.FirstAsync(tagOrDigest, at => at.Manifests.HeadAsync(tagOrDigest, cancellationToken), cancellationToken);

    /// <summary>
    /// The same of what is to be put: a registry that answers 403 of a tag is asked for its tags, because some say so of what is absent; of a digest it
    /// is taken for absent (go-containerregistry pkg/v1/remote/write.go), and who is really denied meets that when it is put.
    /// A node that pulls would meet the 403.
    /// </summary>
    public Task<Descriptor?> HeadForPushAsync(string tagOrDigest, CancellationToken cancellationToken) =>
        _own.Manifests.HeadForPushAsync(tagOrDigest, cancellationToken);

    /// <summary>As <see cref="FindManifestAsync"/>, of what is to be put; a 403 is treated as <see cref="HeadForPushAsync"/> does.</summary>
    public Task<RawManifest?> FindForPushAsync(string tagOrDigest, CancellationToken cancellationToken) =>
        _own.Manifests.FindForPushAsync(tagOrDigest, cancellationToken);

    /// <inheritdoc/>
    public Task<RawManifest?> FindManifestAsync(string tagOrDigest, CancellationToken cancellationToken) =>
        _reads.FirstAsync(tagOrDigest, at => at.Manifests.FindAsync(tagOrDigest, cancellationToken), cancellationToken);

    /// <summary>The size of a blob; null when the repository does not have it.</summary>
    public Task<long?> HeadBlobAsync(Digest digest, CancellationToken cancellationToken) =>
        _reads.FirstAsync(digest.ToString(), at => at.Blobs.HeadAsync(digest, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken) => _reads.OpenBlobAsync(blob, cancellationToken);

    /// <inheritdoc/>
    public Task PushBlobAsync(Blob blob, CancellationToken cancellationToken) =>
        _push.PushAsync(blob, cancellationToken);

    /// <inheritdoc/>
    public Task PushManifestAsync(RawManifest manifest, CancellationToken cancellationToken) =>
        PutAsync(manifest.Digest.ToString(), manifest, cancellationToken);

    /// <inheritdoc/>
    public Task TagAsync(string tag, RawManifest manifest, CancellationToken cancellationToken) =>
        PutAsync(tag, manifest, cancellationToken);

    /// <summary>The tags in the registry's order, each once; none when there is no such repository.</summary>
    public IAsyncEnumerable<string> TagsAsync(CancellationToken cancellationToken) =>
        _reads.ListAsync(at => at.Tags.ReadAsync(cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<Descriptor> ReferrersAsync(Digest subject, string? artifactType, CancellationToken cancellationToken) =>
        _reads.ListAsync(at => at.Referrers.ReadAsync(subject, artifactType, cancellationToken), cancellationToken);

    /// <summary>Takes away a tag, or a manifest with all its tags.</summary>
    /// <returns>False when the registry says cleanly that there is none.</returns>
    public Task<bool> DeleteAsync(string tagOrDigest, CancellationToken cancellationToken) =>
        _deletion.DeleteAsync(tagOrDigest, cancellationToken);

    private async Task PutAsync(string tagOrDigest, RawManifest manifest, CancellationToken cancellationToken)
    {
        var isListed = await _own.Manifests.PutAsync(tagOrDigest, manifest, cancellationToken).ConfigureAwait(false);
        await _own.Referrers.AddAsync(manifest, isListed, cancellationToken).ConfigureAwait(false);
    }
}
