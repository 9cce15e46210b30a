using System.Collections.Concurrent;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;

namespace Viaduct.Copying;

/// <summary>A tar file has one order of its files, so nothing is opened before all of them are known; what stood there stays until the whole is written.</summary>
internal sealed class ArchiveTarget(string path) : CopyTarget
{
    private readonly ConcurrentDictionary<Digest, Blob> _blobs = [];
    private readonly ConcurrentDictionary<Digest, RawManifest> _manifests = [];
    private readonly ConcurrentBag<(RawManifest Manifest, string? Name)> _entries = [];

    internal override Task<Digest?> FindTagAsync(string tag, CancellationToken cancellationToken) => Task.FromResult<Digest?>(null);

    internal override Task<bool> HasAsync(Descriptor manifest, Digest? about, CancellationToken cancellationToken) => Task.FromResult(false);

    internal override Task<bool> HasBlobAsync(Descriptor blob, CancellationToken cancellationToken) => Task.FromResult(false);

    internal override Task PushBlobAsync(Blob blob, CancellationToken cancellationToken)
    {
        _blobs.TryAdd(blob.Descriptor.Digest, blob);
        return Task.CompletedTask;
    }

    internal override Task PushManifestAsync(RawManifest manifest, bool refers, CancellationToken cancellationToken)
    {
        _manifests.TryAdd(manifest.Digest, manifest);
        if (refers) _entries.Add((manifest, null));
        return Task.CompletedTask;
    }

    internal override Task TagAsync(string tag, RawManifest manifest, CancellationToken cancellationToken)
    {
        _manifests.TryAdd(manifest.Digest, manifest);
        _entries.Add((manifest, tag));
        return Task.CompletedTask;
    }

    internal override Task CompleteAsync(CancellationToken cancellationToken) => AtomicFile.WriteAsync(path,
        async (stream, token) => await OciArchive.WriteAsync(_blobs.Values, _manifests.Values, _entries, stream, token).ConfigureAwait(false), null, cancellationToken);
}
