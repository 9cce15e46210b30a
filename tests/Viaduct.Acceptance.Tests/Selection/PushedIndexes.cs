using System.Collections.Concurrent;
using System.Globalization;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Acceptance.Tests.Selection;

/// <summary>Random lists in distribution's registry, made when a test first asks. The seed is <c>VIADUCT_TEST_SEED</c>, else the time.</summary>
public sealed class PushedIndexes : IAsyncLifetime
{
    // What is left without the lists that hold capitals is still 200 and more.
    private const int Count = 224;

    private readonly RegistryClient _client = new(new RegistryOptions { Credentials = NoCredentials.Instance });
    private Distribution? _registry;
    private Task<IReadOnlyList<PushedIndex>>? _all;

    public int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("VIADUCT_TEST_SEED"), CultureInfo.InvariantCulture, out var seed)
        ? seed
        : (int)(DateTimeOffset.UtcNow.ToUnixTimeSeconds() & int.MaxValue);

    internal Task<IReadOnlyList<PushedIndex>> AllAsync() => _all ??= PushAsync();

    internal IContentSource Source(PushedIndex index) => _client.Repository(index.Name);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_registry is not null) await _registry.DisposeAsync();
    }

    private async Task<IReadOnlyList<PushedIndex>> PushAsync()
    {
        _registry = await Distribution.StartAsync();
        var images = new RandomImages(Guid.NewGuid().ToString("N"));
        var repository = _client.Repository(Reference.Parse($"{_registry.Address}/selection"), push: true);
        await repository.PushBlobAsync(Blob.FromBytes(MediaTypes.OciLayerGzip, images.Layer), default);
        var pushed = new ConcurrentBag<PushedIndex>();
        await Parallel.ForEachAsync(new RandomIndexes(Seed).Take(Count), new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (index, stop) => pushed.Add(await PushAsync(repository, images, index, stop)));
        return [.. pushed.OrderBy(p => p.Index.Number)];
    }

    private static async Task<PushedIndex> PushAsync(RepositoryClient repository, RandomImages images, RandomIndex index, CancellationToken cancellationToken)
    {
        var pushed = new PushedIndex(index, repository.Name.WithTag(index.Tag));
        await repository.TagAsync(index.Tag, await ListAsync(index.Entries, ""), cancellationToken);
        return pushed;

        async Task<RawManifest> ListAsync(IReadOnlyList<RandomEntry> entries, string prefix)
        {
            var children = new List<(RandomEntry, RawManifest Manifest)>();
            foreach (var entry in entries)
                children.Add((entry, entry.Again is { } again ? children[again].Manifest : await EntryAsync(entry, $"{prefix}{children.Count}")));
            return RandomImages.List(index.IsDockerList, children);
        }

        async Task<RawManifest> EntryAsync(RandomEntry entry, string place)
        {
            var manifest = entry.Config is null ? await ListAsync(entry.Nested, place + "/") : await ImageAsync(entry, place);
            await repository.PushManifestAsync(manifest, cancellationToken);
            if (entry.Config is null) pushed.AddNested(manifest.Digest);
            else pushed.Add(place, manifest.Digest);
            return manifest;
        }

        async Task<RawManifest> ImageAsync(RandomEntry entry, string place)
        {
            var (manifest, config) = images.Image(index, place, entry);
            await repository.PushBlobAsync(config, cancellationToken);
            pushed.Add(place, config.Descriptor.Digest);
            return manifest;
        }
    }
}
