using System.Collections.Concurrent;
using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

/// <summary>Content in memory that counts how often it is read.</summary>
internal sealed class MemoryContent : IContentSource
{
    private readonly ConcurrentDictionary<string, RawManifest> _manifests = new();
    private readonly ConcurrentDictionary<Digest, byte[]> _blobs = new();
    private int _reads;

    /// <summary>Manifests and blobs that were asked for.</summary>
    public int Reads => _reads;

    /// <summary>The blobs that were opened, each as often as it was.</summary>
    public ConcurrentBag<Digest> Opened { get; } = [];

    /// <summary>Awaited before any answer.</summary>
    public Func<CancellationToken, Task> Delay { get; set; } = _ => Task.CompletedTask;

    public void Add(RawManifest manifest, Digest? under = null) => _manifests[(under ?? manifest.Digest).ToString()] = manifest;

    public Descriptor Add(string mediaType, byte[] blob)
    {
        var descriptor = new Descriptor(mediaType, Digest.Sha256(blob), blob.Length);
        _blobs[descriptor.Digest] = blob;
        return descriptor;
    }

    public byte[] Bytes(Digest digest) => _blobs[digest];

    public void Replace(Digest digest, byte[] blob) => _blobs[digest] = blob;

    public void Remove(Digest digest) => _blobs.TryRemove(digest, out _);

    public async Task<RawManifest?> FindManifestAsync(string tagOrDigest, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        await Delay(cancellationToken);
        return _manifests.GetValueOrDefault(tagOrDigest);
    }

    public async Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        Opened.Add(blob.Digest);
        await Delay(cancellationToken);
        return _blobs.TryGetValue(blob.Digest, out var bytes)
            ? new VerifyingStream(new MemoryStream(bytes), blob)
            : throw new ViaductException("VIA3012", "not found", $"GET registry.example/v2/app/blobs/{blob.Digest}") { Kind = FailureKind.Absent };
    }
}
