using System.Collections.Concurrent;
using Viaduct.Oci;

namespace Viaduct.Verification;

/// <summary>A source whose manifests are fetched once by digest, whoever reads them. Tags are always asked for: they may move.</summary>
internal sealed class SharedManifests(IContentSource source) : IContentSource
{
    private readonly ConcurrentDictionary<Digest, Lazy<Task<RawManifest?>>> _reading = new();

    public async Task<RawManifest?> FindManifestAsync(string tagOrDigest, CancellationToken cancellationToken)
    {
        if (!Digest.TryParse(tagOrDigest, out var digest)) return await source.FindManifestAsync(tagOrDigest, cancellationToken).ConfigureAwait(false);
        var reading = _reading.GetOrAdd(digest, _ => new(() => source.FindManifestAsync(tagOrDigest, cancellationToken)));
        try
        {
            return await reading.Value.ConfigureAwait(false);
        }
        catch
        {
            // A failure may be the way's, and is not kept; nor is the end of somebody else's patience.
            _reading.TryRemove(KeyValuePair.Create(digest, reading));
            throw;
        }
    }

    public Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken) => source.OpenBlobAsync(blob, cancellationToken);
}
