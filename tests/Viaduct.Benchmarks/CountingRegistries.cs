using System.Collections.Concurrent;
using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Benchmarks;

/// <summary>Counts what is asked of registries, and the manifests that are fetched behind it.</summary>
internal sealed class CountingRegistries(IRegistries registries) : IRegistries
{
    private int _questions;
    private int _manifests;
    private readonly ConcurrentDictionary<string, bool> _distinct = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<IContentSource, IContentSource> _sources = new(ReferenceEqualityComparer.Instance);

    public int Questions => _questions;
    public int Manifests => _manifests;
    public int DistinctManifests => _distinct.Count;

    public async ValueTask<ImageAnswer> AskAsync(Reference image, RegistryLogin? login, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _questions);
        var answer = await registries.AskAsync(image, login, cancellationToken);
        return answer.Source is { } source ? answer with { Source = _sources.GetOrAdd(source, s => new Counted(s, this)) } : answer;
    }

    private sealed class Counted(IContentSource source, CountingRegistries counts) : IContentSource
    {
        public Task<RawManifest?> FindManifestAsync(string tagOrDigest, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref counts._manifests);
            counts._distinct[tagOrDigest] = true;
            return source.FindManifestAsync(tagOrDigest, cancellationToken);
        }

        public Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken) => source.OpenBlobAsync(blob, cancellationToken);
    }
}
