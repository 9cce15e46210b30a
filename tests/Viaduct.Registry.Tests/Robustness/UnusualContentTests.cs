using System.Text;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;
using Viaduct.Server;

namespace Viaduct.Registry.Tests.Robustness;

/// <summary>What is rare and allowed goes to a registry and comes back, byte for byte.</summary>
public sealed class UnusualContentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("viaduct-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("empty blob")]
    [InlineData("empty layer list")]
    [InlineData("empty config")]
    [InlineData("sha512")]
    [InlineData("nested index")]
    [InlineData("four MiB")]
    [InlineData("unknown artifact")]
    public async Task Unusual_and_allowed(string what)
    {
        await using var server = await EmbeddedRegistry.StartAsync(new EmbeddedRegistryOptions { Store = Path.Join(_folder, "store"), Port = 0 }, default);
        using var client = new RegistryClient(new RegistryOptions { Credentials = NoCredentials.Instance });
        var (first, second) = (client.Repository(Reference.Parse($"{server.Address}/a/first"), push: true), client.Repository(Reference.Parse($"{server.Address}/a/second"), push: true));
        var manifest = await PushAsync(first, what);
        var layout = await OciLayout.OpenOrCreateAsync(Path.Join(_folder, "layout"), default);
        if (what != "unknown artifact")
        {
            await ImageCopy.CopyAsync(first, manifest, layout, default);
            await ImageCopy.CopyAsync(layout, manifest, second, default);
        }
        await second.TagAsync("v1", manifest, default);
        var found = (await second.FindManifestAsync(manifest.Digest.ToString(), default))!;
        Assert.Equal((manifest.Digest, manifest.MediaType), (found.Digest, found.MediaType));
        Assert.Equal(manifest.Bytes.ToArray(), (await second.FindManifestAsync("v1", default))!.Bytes.ToArray());
        Assert.Equal(manifest.Descriptor, await second.HeadManifestAsync(manifest.Digest.ToString(), default));
        foreach (var blob in found.IsImage ? found.AsImage().Blobs : [])
        {
            Assert.Equal(blob.Size, await second.HeadBlobAsync(blob.Digest, default));
            Assert.Equal(blob.Size, (await second.ReadSmallBlobAsync(blob, 1 << 20, default)).Length);
        }
    }

    private static async Task<RawManifest> PushAsync(RepositoryClient repository, string what)
    {
        var layer = Blob.FromBytes(MediaTypes.OciLayerGzip, Samples.Bytes(what == "empty blob" ? 0 : 100_000));
        if (what == "sha512") layer = layer with { Descriptor = layer.Descriptor with { Digest = Samples.Sha512(Samples.Bytes(100_000)) } };
        var config = Blob.FromBytes("application/vnd.oci.empty.v1+json", "{}"u8.ToArray());
        foreach (var blob in new[] { config, layer }) await repository.PushBlobAsync(blob, default);
        var manifest = new ImageManifest(config.Descriptor, what == "empty layer list" ? [] : [layer.Descriptor]).ToManifest();
        manifest = what switch
        {
            "unknown artifact" => RawManifest.Parse("""{"mediaType":"application/vnd.example.thing+json", "things":[ 1 ]}"""u8.ToArray(), null),
            "sha512" => RawManifest.Parse(manifest.Bytes, manifest.MediaType, null, Samples.Sha512(manifest.Bytes.ToArray())),
            "four MiB" => Pad(manifest),
            _ => manifest,
        };
        await repository.PushManifestAsync(manifest, default);
        for (var depth = 0; what == "nested index" && depth < 3; depth++)
        {
            manifest = ManifestList.WriteInOrder([manifest.Descriptor with { Platform = new Platform("linux", "amd64") }]);
            await repository.PushManifestAsync(manifest, default);
        }
        return manifest;
    }

    /// <summary>The largest that is allowed, to the byte.</summary>
    private static RawManifest Pad(RawManifest manifest)
    {
        var text = Encoding.UTF8.GetString(manifest.Bytes.Span).TrimEnd()[..^1] + ",\"annotations\":{\"a\":\"";
        return RawManifest.Parse(Encoding.UTF8.GetBytes(text + new string('a', RawManifest.MaxSize - text.Length - 3) + "\"}}"), null);
    }
}
