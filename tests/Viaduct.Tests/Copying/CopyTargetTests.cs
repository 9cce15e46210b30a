using Viaduct.Copying;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;

namespace Viaduct.Tests.Copying;

/// <summary>What a target is believed to have, and what of a source it is given.</summary>
public sealed class CopyTargetTests : IAsyncLifetime
{
    private CopyBed _bed = null!;
    private OciLayout _from = null!;
    private OciLayout _to = null!;

    private CopyTarget To => CopyTarget.Of(_to, "oci:to");

    public async ValueTask InitializeAsync()
    {
        _bed = await CopyBed.StartAsync();
        _from = await OciLayout.OpenOrCreateAsync(Path.Combine(_bed.Folder, "from"), default);
        _to = await OciLayout.OpenOrCreateAsync(Path.Combine(_bed.Folder, "to"), default);
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task A_layer_with_an_address_comes_along_where_the_source_has_it()
    {
        const string Urls = ""","urls":["https://elsewhere.example/layer"]""";
        var (held, absent) = (CopyBed.Text("held", MediaTypes.OciLayer), CopyBed.Text("absent", MediaTypes.OciLayer).Descriptor);
        await _from.PushBlobAsync(held, default);
        var image = await CopyBed.ImageAsync(_from, "amd64", layers: $",{CopyBed.Json(held.Descriptor, Urls)},{CopyBed.Json(absent, Urls)}");
        var result = await _bed.CopyAsync(CopySource.Of(_from), image, To, "1");
        Assert.True(_to.HasBlob(held.Descriptor));
        Assert.Equal(absent.Digest, Assert.Single(result.Foreign).Digest);
        var plain = await OciLayout.OpenOrCreateAsync(Path.Combine(_bed.Folder, "plain"), default);
        await ImageCopy.CopyAsync(_from, image, plain, default);
        Assert.True(plain.HasBlob(held.Descriptor));
    }

    [Fact]
    public async Task A_config_with_an_address_is_a_config()
    {
        var config = CopyBed.Text("{}", MediaTypes.OciConfig);
        await _from.PushBlobAsync(config, default);
        var image = CopyBed.Manifest($$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","config":{{CopyBed.Json(config.Descriptor, ""","urls":["https://elsewhere.example/config"]""")}},"layers":[]}""");
        await _from.PushManifestAsync(image, default);
        await _bed.CopyAsync(CopySource.Of(_from), image, To, "1");
        Assert.True(_to.HasBlob(config.Descriptor));
    }

    [Fact]
    public async Task A_cache_of_which_a_blob_is_gone_is_made_whole_again()
    {
        var layer = CopyBed.Text("cached", MediaTypes.OciLayerGzip);
        await _from.PushBlobAsync(layer, default);
        var cache = await CopyBed.ListAsync(_from, layer.Descriptor);
        await _bed.CopyAsync(CopySource.Of(_from), cache, To, "cache");
        File.Delete(Path.Combine(_to.Folder, "blobs", "sha256", layer.Descriptor.Digest.Hex));
        await _bed.CopyAsync(CopySource.Of(_from), cache, To, "cache");
        Assert.True(_to.HasBlob(layer.Descriptor));
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public async Task Referrers_of_referrers_are_taken_eight_deep(int deep, bool isTaken)
    {
        var image = await CopyBed.ImageAsync(_from, "amd64");
        for (var (i, subject) = (0, image); i < deep; i++)
            await _from.PushReferrerAsync(subject = await CopyBed.AboutAsync(_from, subject, $"application/x.{i}"), default);
        var failure = await Record.ExceptionAsync(() => _bed.CopyAsync(CopySource.Of(_from), image, To, "1"));
        Assert.Equal(isTaken ? null : "VIA5152", (failure as ViaductException)?.Code);
    }

    [Fact]
    public async Task An_image_that_a_tag_shows_already_is_not_read_at_the_source()
    {
        var (from, to) = (_bed.Repository("from/app"), _bed.Repository("to/app"));
        var image = await CopyBed.ImageAsync(from, "amd64");
        await _bed.CopyAsync(CopySource.Of(from), image, CopyBed.Target(to), "1");
        _bed.Requests.Clear();
        var again = Assert.Single(await new CopyJob(new CopyRequest(CopySource.Of(from), image.Descriptor, [new(CopyBed.Target(to), ["1"])]) { WithReferrers = false }).RunAsync(default));
        Assert.Equal((0, 1), (again.Manifests.Copied, again.Manifests.Present));
        Assert.Equal("HEAD", Assert.Single(_bed.Requests).Method);
    }

    [Fact]
    public async Task What_was_deleted_before_it_was_copied_is_told()
    {
        var gone = new Descriptor(MediaTypes.OciManifest, Digest.Sha256("gone"u8), 4);
        Assert.Equal("VIA5154", (await Assert.ThrowsAsync<ViaductException>(() => new CopyJob(new CopyRequest(CopySource.Of(_from), gone, [new(To, ["1"])])).RunAsync(default))).Code);
    }
}
