using Viaduct.Oci;
using Viaduct.Server;

namespace Viaduct.Registry.Tests;

public sealed class EmbeddedRegistryTests : IDisposable
{
    private readonly string _store = Directory.CreateTempSubdirectory("viaduct-store-").FullName;
    private readonly List<RequestTrace> _traces = [];

    public void Dispose() => Directory.Delete(_store, recursive: true);

    private Task<EmbeddedRegistry> StartAsync() => EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions { Store = _store, Port = 0 }, default);

    private RegistryClient Client() => new(new RegistryOptions { Credentials = NoCredentials.Instance, Trace = t => { lock (_traces) _traces.Add(t); } });

    private static async Task<RawManifest> PushAsync(RepositoryClient repository, int seed)
    {
        var config = Blob.FromBytes(MediaTypes.OciConfig, "{}"u8.ToArray());
        var layers = new[] { Samples.Blob(1000, seed), Samples.Blob(200_000, seed + 1) };
        await Task.WhenAll(layers.Prepend(config).Select(b => repository.PushBlobAsync(b, default)));
        var manifest = new ImageManifest(config.Descriptor, [.. layers.Select(l => l.Descriptor)]).ToManifest();
        await repository.PushManifestAsync(manifest, default);
        await repository.TagAsync("v1", manifest, default);
        return manifest;
    }

    [Fact]
    public async Task An_image_goes_there_and_comes_back()
    {
        await using var registry = await StartAsync();
        using var client = Client();
        var repository = client.Repository(Reference.Parse($"{registry.Address}/team/app"), push: true);
        Assert.Null(await repository.FindManifestAsync("v1", default));
        var pushed = await PushAsync(repository, 1);
        var found = (await repository.FindManifestAsync("v1", default))!;
        Assert.Equal(pushed.Bytes.ToArray(), found.Bytes.ToArray());
        Assert.Equal(pushed.Descriptor, await repository.HeadManifestAsync(pushed.Digest.ToString(), default));
        foreach (var blob in found.AsImage().Blobs)
        {
            Assert.Equal(blob.Size, await repository.HeadBlobAsync(blob.Digest, default));
            Assert.Equal(blob.Size, (await repository.ReadSmallBlobAsync(blob, 1 << 20, default)).Length);
        }
        Assert.Equal(["v1"], await repository.TagsAsync(default).ToListAsync());
    }

    [Fact]
    public async Task A_mount_is_one_request_and_a_second_push_of_a_large_blob_too()
    {
        await using var registry = await StartAsync();
        using var client = Client();
        var from = client.Repository(Reference.Parse($"{registry.Address}/team/from"));
        var to = client.Repository(Reference.Parse($"{registry.Address}/team/to"), push: true);
        var blob = Samples.Blob(200_000);
        await from.PushBlobAsync(blob, default);
        _traces.Clear();
        await to.PushBlobAsync(blob with { MountFrom = from.Name }, default);
        Assert.Equal(("POST", 201), (Assert.Single(_traces).Method, _traces[0].Status));
        _traces.Clear();
        // Another run, which knows nothing of the first.
        using var later = Client();
        await later.Repository(to.Name, push: true).PushBlobAsync(blob, default);
        Assert.Equal(("HEAD", 200), (Assert.Single(_traces).Method, _traces[0].Status));
        Assert.Equal(blob.Descriptor.Size, await to.HeadBlobAsync(blob.Descriptor.Digest, default));
    }

    [Fact]
    public async Task A_mount_of_what_is_not_there_becomes_an_upload()
    {
        await using var registry = await StartAsync();
        using var client = Client();
        var to = client.Repository(Reference.Parse($"{registry.Address}/team/to"), push: true);
        var blob = Samples.Blob(5000);
        await to.PushBlobAsync(blob with { MountFrom = Reference.Parse($"{registry.Address}/team/empty") }, default);
        Assert.Equal(5000, await to.HeadBlobAsync(blob.Descriptor.Digest, default));
    }

    [Fact]
    public async Task Bytes_that_are_not_their_digest_are_refused_and_the_source_is_named_for_it()
    {
        await using var registry = await StartAsync();
        using var client = Client();
        var blob = Samples.Blob(5000);
        var bad = new Blob(blob.Descriptor, _ => new(new MemoryStream(new byte[5000])));
        var e = await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(Reference.Parse($"{registry.Address}/a/b")).PushBlobAsync(bad, default));
        Assert.Equal(("VIA1012", ExitCode.VerificationFailed), (e.Code, e.Exit));
    }

    [Fact]
    public async Task Many_tags_come_page_by_page_and_each_once()
    {
        await using var registry = await StartAsync();
        using var client = Client();
        var repository = client.Repository(Reference.Parse($"{registry.Address}/a/b"));
        await Task.WhenAll(Enumerable.Range(0, 1100).Select(i => repository.TagAsync($"t{i}", Samples.Manifest, default)));
        var tags = await repository.TagsAsync(default).ToListAsync();
        Assert.Equal(1100, tags.Distinct().Count());
        Assert.Equal(1100, tags.Count);
    }
}
