using System.Collections.Concurrent;
using System.Globalization;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Acceptance.Tests.Durability;

/// <summary>What <c>viaduct registry serve</c> has acknowledged is there after kill -9.</summary>
public sealed class A_killed_registry(PushedSets sets)
{
    [Fact]
    public async Task Still_has_a_set_that_was_pushed_a_moment_before()
    {
        RealParts.NeedTools();
        RealParts.NeedLinux();
        using var folder = new TemporaryFolder();
        var source = await sets.InAsync(RegistryKind.Embedded);
        string digest;
        using (var serving = await ServedStore.StartAsync(folder.At("store")))
        {
            var target = $"{serving.Address}/copy/pause-named:1.0";
            (await RealParts.CraneAsync("copy", source.List("pause-named").ToString(), target)).MustSucceed();
            digest = (await RealParts.CraneAsync("digest", target)).MustSucceed().Text;
            await serving.KillAsync();
        }
        using var again = await ServedStore.StartAsync(folder.At("store"));
        var name = $"{again.Address}/copy/pause-named:1.0";
        Assert.Equal(digest, (await RealParts.CraneAsync("digest", name)).MustSucceed().Text);
        (await RealParts.CraneAsync("validate", "--remote", name)).MustSucceed();
        (await RealParts.CraneAsync("pull", "--platform", "linux/s390x", name, folder.At("image.tar"))).MustSucceed();
        Assert.Equal((int)ExitCode.Done, (await again.InterruptAsync()).Exit);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(60)]
    [InlineData(200)]
    public async Task Has_all_that_it_acknowledged_and_nothing_half(int acknowledged)
    {
        RealParts.NeedLinux();
        using var folder = new TemporaryFolder();
        var done = new ConcurrentDictionary<string, Digest>();
        using (var serving = await ServedStore.StartAsync(folder.At("store")))
        {
            using var client = NewClient();
            using var stop = new CancellationTokenSource();
            var writers = Enumerable.Range(0, 8).Select(writer => WriteAsync(client, serving.Address, writer, done, stop.Token)).ToList();
            while (done.Count < acknowledged && !writers.All(w => w.IsCompleted)) await Task.Delay(1);
            await serving.KillAsync();
            await stop.CancelAsync();
            await Task.WhenAll(writers);
        }

        using var again = await ServedStore.StartAsync(folder.At("store"));
        using var reader = NewClient();
        Assert.True(done.Count >= acknowledged);
        foreach (var (tag, digest) in done)
            Assert.Equal(digest, await ReadWholeAsync(reader, again.Address, tag));
        // What was under way when the power went is there whole, or not at all.
        foreach (var tag in (await Store.TagsAsync(again.Address)).Select(t => t.Split(':')[1]).Except(done.Keys))
            await ReadWholeAsync(reader, again.Address, tag);
    }

    private static RegistryClient NewClient() => new(new RegistryOptions { Credentials = NoCredentials.Instance });

    private static RepositoryClient Repository(RegistryClient client, string address) => client.Repository(Reference.Parse($"{address}/app"));

    /// <summary>Pushes small images under tags of their own until the registry is gone; remembers what it was told is done.</summary>
    private static async Task WriteAsync(RegistryClient client, string address, int writer, ConcurrentDictionary<string, Digest> done, CancellationToken stop)
    {
        var repository = Repository(client, address);
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            var tag = string.Create(CultureInfo.InvariantCulture, $"w{writer}-{number}");
            var layer = new byte[100 + (number * 7919 % 50_000)];
            new Random(writer << 16 | number).NextBytes(layer);
            var (config, content) = (Blob.FromBytes(MediaTypes.OciConfig, System.Text.Encoding.ASCII.GetBytes($"{{\"{tag}\":1}}")), Blob.FromBytes(MediaTypes.OciLayerGzip, layer));
            var manifest = new ImageManifest(config.Descriptor, [content.Descriptor]).ToManifest();
            try
            {
                await Task.WhenAll(repository.PushBlobAsync(config, stop), repository.PushBlobAsync(content, stop));
                await repository.TagAsync(tag, manifest, stop);
                done[tag] = manifest.Digest;
            }
            catch (Exception e) when (e is ViaductException or OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>The digest under a tag, after every byte below it was read and hashed.</summary>
    private static async Task<Digest?> ReadWholeAsync(RegistryClient client, string address, string tag)
    {
        var repository = Repository(client, address);
        var manifest = await repository.FindManifestAsync(tag, default);
        foreach (var blob in manifest?.AsImage().Blobs ?? [])
        {
            await using var stream = await repository.OpenBlobAsync(blob, default);
            await stream.CopyToAsync(Stream.Null);
        }
        return manifest?.Digest;
    }
}
