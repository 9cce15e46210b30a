using Viaduct.Oci;
using Viaduct.Oci.Layouts;
using Viaduct.Server;

namespace Viaduct.Registry.Tests;

/// <summary>The registry hashes what comes from a layout of this machine; the client does not.</summary>
public sealed class LayoutPushTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("viaduct-layout-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1000)]
    [InlineData(300_000)]
    public async Task A_damaged_file_of_a_layout_is_refused_by_the_registry_and_named_as_the_one_at_fault(int length)
    {
        var token = TestContext.Current.CancellationToken;
        await using var registry = await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions { Store = Path.Combine(_folder, "store"), Port = 0 }, token);
        using var client = new RegistryClient(new RegistryOptions { Credentials = NoCredentials.Instance });
        var repository = client.Repository(Reference.Parse($"{registry.Address}/team/app"), push: true);
        var layout = await OciLayout.OpenOrCreateAsync(Path.Combine(_folder, "layout"), token);
        var blob = Samples.Blob(length);
        await layout.PushBlobAsync(blob, token);

        await repository.PushBlobAsync(layout.AsBlob(blob.Descriptor), token);
        Assert.Equal(length, await repository.HeadBlobAsync(blob.Descriptor.Digest, token));

        var other = Samples.Blob(length, seed: 7);
        await layout.PushBlobAsync(other, token);
        await DamageAsync(other.Descriptor.Digest, token);
        var error = await Assert.ThrowsAsync<ViaductException>(() => repository.PushBlobAsync(layout.AsBlob(other.Descriptor), token));
        Assert.Equal("VIA1012", error.Code);
        Assert.Contains(other.Descriptor.Digest.ToString(), error.Message);
        Assert.Null(await repository.HeadBlobAsync(other.Descriptor.Digest, token));
    }

    private async Task DamageAsync(Digest digest, CancellationToken cancellationToken)
    {
        var path = Path.Combine(_folder, "layout", "blobs", digest.Algorithm, digest.Hex);
        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, cancellationToken);
    }
}
