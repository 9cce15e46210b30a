using Viaduct.Copying;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;

namespace Viaduct.Tests.Copying;

/// <summary>Manifests that are not of the usual shape.</summary>
public sealed class CopyShapeTests : IAsyncLifetime
{
    private CopyBed _bed = null!;
    private OciLayout _layout = null!;

    public async ValueTask InitializeAsync()
    {
        _bed = await CopyBed.StartAsync();
        _layout = await OciLayout.OpenOrCreateAsync(Path.Combine(_bed.Folder, "layout"), default);
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task A_layer_that_lives_elsewhere_is_passed_over_and_named()
    {
        var foreign = new Descriptor("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", Digest.Sha256("elsewhere"u8), 9);
        var image = await CopyBed.ImageAsync(_layout, "amd64", layers: "," + CopyBed.Json(foreign, ""","urls":["https://elsewhere.example/layer"]"""));
        var result = await _bed.CopyAsync(CopySource.Of(_layout), image, CopyBed.Target(_bed.Repository("to/app")), "1");
        Assert.Equal(foreign.Digest, Assert.Single(result.Foreign).Digest);
        Assert.Equal(image.Digest, (await _bed.Repository("to/app").FindManifestAsync("1", default))!.Digest);
    }

    [Fact]
    public async Task A_cache_of_BuildKit_is_a_list_of_blobs()
    {
        var (layer, config) = (CopyBed.Text("cached", MediaTypes.OciLayerGzip), CopyBed.Text("{}", "application/vnd.buildkit.cacheconfig.v0"));
        foreach (var blob in (Blob[])[layer, config]) await _layout.PushBlobAsync(blob, default);
        var cache = await CopyBed.ListAsync(_layout, layer.Descriptor, config.Descriptor);
        var target = await OciLayout.OpenOrCreateAsync(Path.Combine(_bed.Folder, "target"), default);
        var result = await _bed.CopyAsync(CopySource.Of(_layout), cache, CopyTarget.Of(target, "oci:target"), "cache");
        Assert.Equal((1, 2), (result.Manifests.Copied, result.Blobs.Copied));
        Assert.True(target.HasBlob(layer.Descriptor) && target.HasBlob(config.Descriptor));
    }

    [Fact]
    public async Task A_manifest_of_unknown_type_is_carried_with_what_it_names()
    {
        var blob = CopyBed.Text("content", "text/plain");
        await _layout.PushBlobAsync(blob, default);
        var artifact = RawManifest.Parse(System.Text.Encoding.UTF8.GetBytes($$"""{"mediaType":"application/vnd.oci.artifact.manifest.v1+json","blobs":[{{CopyBed.Json(blob.Descriptor)}}]}"""), "application/vnd.oci.artifact.manifest.v1+json");
        await _layout.PushManifestAsync(artifact, default);
        var target = await OciLayout.OpenOrCreateAsync(Path.Combine(_bed.Folder, "target"), default);
        await _bed.CopyAsync(CopySource.Of(_layout), artifact, CopyTarget.Of(target, "oci:target"), "x");
        Assert.True(target.HasBlob(blob.Descriptor));
        Assert.Equal(artifact.Bytes.ToArray(), (await target.FindManifestAsync("x", default))!.Bytes.ToArray());
    }

    [Fact]
    public async Task A_list_whose_image_is_missing_is_refused_before_anything_is_written()
    {
        var image = await CopyBed.ImageAsync(_layout, "amd64");
        var missing = new Descriptor(MediaTypes.OciManifest, Digest.Sha256("missing"u8), 7);
        var list = await CopyBed.ListAsync(_layout, image.Descriptor, missing);
        var refused = await Assert.ThrowsAsync<ViaductException>(() => _bed.CopyAsync(CopySource.Of(_layout), list, CopyBed.Target(_bed.Repository("to/app")), "1"));
        Assert.Equal("VIA5150", refused.Code);
        Assert.Empty(_bed.Writes);
    }

    [Fact]
    public async Task Lists_are_not_followed_without_end()
    {
        var deep = await CopyBed.ImageAsync(_layout, "amd64");
        for (var i = 0; i < 6; i++) deep = await CopyBed.ListAsync(_layout, deep.Descriptor);
        var refused = await Assert.ThrowsAsync<ViaductException>(() => _bed.CopyAsync(CopySource.Of(_layout), deep, CopyBed.Target(_bed.Repository("to/app")), "1"));
        Assert.Equal("VIA5152", refused.Code);
    }

    [Fact]
    public async Task A_layout_of_which_a_file_was_cut_is_made_whole_again()
    {
        var image = await CopyBed.ImageAsync(_layout, "amd64");
        var target = await OciLayout.OpenOrCreateAsync(Path.Combine(_bed.Folder, "target"), default);
        await _bed.CopyAsync(CopySource.Of(_layout), image, CopyTarget.Of(target, "oci:target"), "1");
        var layer = image.AsImage().Layers[0];
        File.WriteAllText(Path.Combine(target.Folder, "blobs", "sha256", layer.Digest.Hex), "cut");
        Assert.Equal(1, (await _bed.CopyAsync(CopySource.Of(_layout), image, CopyTarget.Of(target, "oci:target"), "1")).Manifests.Copied);
        await WholeRelease.CompleteAsync(target, image);
    }
}
