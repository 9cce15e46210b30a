using System.Text;
using System.Text.Json;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;
using Viaduct.Registry;

namespace Viaduct.Acceptance.Tests.Peers;

/// <summary>What one of us attaches to an image the other finds, where the registry keeps no list and in a layout, which has no place for one.</summary>
public sealed class Oras_lists_referrers : IDisposable
{
    private const string Ours = "application/x.ours";
    private const string Theirs = "application/x.theirs";

    private readonly TemporaryFolder _folder = new TemporaryFolder().With("note.txt", "a note");

    public void Dispose() => _folder.Dispose();

    private static async Task<RawManifest> ImageAsync(IContentSink sink)
    {
        var config = Blob.FromBytes(MediaTypes.OciConfig, "{}"u8.ToArray());
        await sink.PushBlobAsync(config, default);
        var image = new ImageManifest(config.Descriptor, []).ToManifest();
        await sink.TagAsync("v1", image, default);
        return image;
    }

    private static async Task<RawManifest> AboutAsync(RawManifest subject, IContentSink sink)
    {
        var config = Blob.FromBytes("application/vnd.oci.empty.v1+json", "{}"u8.ToArray());
        await sink.PushBlobAsync(config, default);
        return RawManifest.Parse(Encoding.UTF8.GetBytes(
            $$$"""
            {"schemaVersion":2,"mediaType":"{{{MediaTypes.OciManifest}}}","artifactType":"{{{Ours}}}","config":{"mediaType":"{{{config.Descriptor.MediaType}}}","digest":"{{{config.Descriptor.Digest}}}","size":2},"layers":[],"subject":{"mediaType":"{{{subject.MediaType}}}","digest":"{{{subject.Digest}}}","size":{{{subject.Bytes.Length}}}}}
            """), null);
    }

    private async Task AttachAsync(params string[] where) =>
        (await RealParts.OrasAsync(["attach", "--disable-path-validation", "--artifact-type", Theirs, .. where, _folder.At("note.txt")])).MustSucceed();

    private static async Task<IEnumerable<string>> DiscoverAsync(params string[] where)
    {
        var said = (await RealParts.OrasAsync(["discover", "--format", "json", .. where])).MustSucceed();
        using var json = JsonDocument.Parse(said.Output);
        return json.RootElement.GetProperty("referrers").EnumerateArray().Select(r => r.GetProperty("artifactType").GetString()!).Order(StringComparer.Ordinal).ToList();
    }

    private static async Task<IEnumerable<string?>> TypesAsync(IReferrerSource source, RawManifest subject) =>
        (await source.ReferrersAsync(subject.Digest, null, default).ToListAsync()).Select(r => r.ArtifactType).Order(StringComparer.Ordinal);

    [Fact]
    public async Task In_a_layout()
    {
        RealParts.NeedTools();
        var layout = await OciLayout.OpenOrCreateAsync(_folder.At("layout"), default);
        var image = await ImageAsync(layout);
        await layout.PushReferrerAsync(await AboutAsync(image, layout), default);
        Assert.Equal([Ours], await DiscoverAsync("--oci-layout", $"{layout.Folder}:v1"));
        await AttachAsync("--oci-layout", $"{layout.Folder}:v1");
        Assert.Equal([Ours, Theirs], await TypesAsync(layout, image));
        Assert.Equal([Ours, Theirs], await DiscoverAsync("--oci-layout", $"{layout.Folder}:v1"));
    }

    [Fact]
    public async Task In_a_registry_that_keeps_no_list()
    {
        RealParts.NeedTools();
        RealParts.NeedDistribution();
        await using var registry = await Distribution.StartAsync();
        using var client = new RegistryClient(new RegistryOptions { Credentials = NoCredentials.Instance });
        var repository = client.Repository(Reference.Parse($"{registry.Address}/team/app"), push: true);
        var image = await ImageAsync(repository);
        var ours = await AboutAsync(image, repository);
        await AttachAsync("--plain-http", $"{registry.Address}/team/app:v1");
        await repository.PushManifestAsync(ours, default);
        Assert.Equal([Ours, Theirs], await TypesAsync(repository, image));
        Assert.Equal([Ours, Theirs], await DiscoverAsync("--plain-http", $"{registry.Address}/team/app:v1"));

        Assert.True(await repository.DeleteAsync(ours.Digest.ToString(), default));
        Assert.False(await repository.DeleteAsync(ours.Digest.ToString(), default));
        Assert.Equal([Theirs], await DiscoverAsync("--plain-http", $"{registry.Address}/team/app:v1"));
        // A tag by its name it does not delete.
        Assert.Equal("VIA3060", (await Assert.ThrowsAsync<ViaductException>(() => repository.DeleteAsync("v1", default))).Code);
        Assert.NotNull(await repository.FindManifestAsync("v1", default));
    }
}
