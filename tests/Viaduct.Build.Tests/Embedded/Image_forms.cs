using Viaduct.Oci;
using Viaduct.Oci.Compression;

namespace Viaduct.Build.Tests;

/// <summary>Layers in zstd, and docker's media types.</summary>
public sealed class Image_forms : IAsyncDisposable
{
    private static readonly ImageForm Zstd = new(Compressor.Zstd);
    private static readonly ImageForm Docker = new(Kind: ManifestKind.Docker);

    private readonly Workspace _workspace = new Workspace().File("a", "A");
    private readonly BlobSpool _spool = new(Path.Combine(Path.GetTempPath(), "viaduct-build-spool"));

    private Task<BuiltImage> BuildAsync(string dockerfile, ImageForm form, int threads = 1) =>
        _workspace.Builder.BuildAsync(_workspace.Request(dockerfile, threads: threads) with { Form = form }, _spool, default);

    private Task<Digest> KeyAsync(string dockerfile, ImageForm form) => _workspace.Builder.KeyAsync(_workspace.Request(dockerfile) with { Form = form }, default);

    [Fact]
    public async Task Each_form_has_a_key_of_its_own()
    {
        Digest[] keys = [await KeyAsync("FROM scratch\nCOPY a /", ImageForm.Default), await KeyAsync("FROM scratch\nCOPY a /", Zstd), await KeyAsync("FROM scratch\nCOPY a /", Docker)];
        Assert.Equal(3, keys.Distinct().Count());
        Assert.Equal(keys[0], await _workspace.KeyAsync("FROM scratch\nCOPY a /"));
    }

    [Fact]
    public async Task A_zstd_layer_holds_the_same_archive_and_is_the_same_with_any_number_of_threads()
    {
        _workspace.File("large", string.Concat(Enumerable.Range(0, 300_000)));
        var (gzip, zstd) = (await BuildAsync("FROM scratch\nCOPY a large /", ImageForm.Default), await BuildAsync("FROM scratch\nCOPY a large /", Zstd));
        Assert.Equal(gzip.Config.DiffIds, zstd.Config.DiffIds);
        Assert.Equal(gzip.Config.ToBytes(), zstd.Config.ToBytes());
        Assert.Equal(MediaTypes.OciLayerZstd, zstd.Manifest.AsImage().Layers[0].MediaType);
        Assert.Equal(await Workspace.LayersAsync(gzip), await Workspace.LayersAsync(zstd));
        Assert.Equal(zstd.Manifest.Digest, (await BuildAsync("FROM scratch\nCOPY a large /", Zstd, threads: 8)).Manifest.Digest);
    }

    [Fact]
    public async Task Docker_has_its_own_types()
    {
        var image = await BuildAsync("FROM scratch\nCOPY a /", Docker);
        var manifest = image.Manifest.AsImage();
        Assert.Equal((MediaTypes.DockerManifest, MediaTypes.DockerConfig, MediaTypes.DockerLayerGzip), (image.Manifest.MediaType, manifest.Config.MediaType, manifest.Layers[0].MediaType));
        Assert.Equal([Annotations.InputKey], manifest.Annotations.Keys);
        Assert.Equal((await BuildAsync("FROM scratch\nCOPY a /", ImageForm.Default)).Config.ToBytes(), image.Config.ToBytes());
        Assert.Equal(image.Manifest.AsImage().Blobs, image.Blobs.Select(b => b.Descriptor));
        Assert.Equal((await BuildAsync("FROM scratch\nCOPY a /", ImageForm.Default)).Blobs[1].Descriptor.Digest, manifest.Layers[0].Digest);
    }

    [Fact]
    public async Task An_image_says_its_key_and_what_is_built_upon_it_does_not()
    {
        var (oci, docker) = (await BuildAsync("FROM scratch\nCOPY a /", ImageForm.Default), await BuildAsync("FROM scratch\nCOPY a /", Docker));
        _workspace.Bases.Add("oci", oci).Add("docker", docker);
        Assert.Equal(await KeyAsync("FROM scratch\nCOPY a /", ImageForm.Default), InputKey.Of(oci.Manifest));
        Assert.Equal(await KeyAsync("FROM scratch\nCOPY a /", Docker), InputKey.Of(docker.Manifest));
        var child = await BuildAsync("FROM docker\nENV a=1", Docker);
        Assert.Equal(await KeyAsync("FROM docker\nENV a=1", Docker), InputKey.Of(child.Manifest));
        Assert.DoesNotContain(Annotations.InputKey, System.Text.Encoding.UTF8.GetString(child.Config.ToBytes()));
    }

    [Fact]
    public void What_says_nothing_that_is_a_digest_says_no_key()
    {
        var config = Blob.FromBytes(MediaTypes.OciConfig, "{}"u8.ToArray());
        Assert.Null(InputKey.Of(new ImageManifest(config.Descriptor, []).ToManifest()));
        Assert.Null(InputKey.Of((new ImageManifest(config.Descriptor, []) with { Annotations = new Dictionary<string, string> { [Annotations.InputKey] = "1" } }).ToManifest()));
        Assert.Null(InputKey.Of(ManifestList.Write([])));
    }

    [Fact]
    public async Task Layers_of_a_base_take_the_types_that_are_asked_for_and_keep_their_bytes()
    {
        var (oci, docker) = (await BuildAsync("FROM scratch\nCOPY a /", ImageForm.Default), await BuildAsync("FROM scratch\nCOPY a /", Docker));
        _workspace.Bases.Add("oci", oci).Add("docker", docker);
        Assert.Equal([MediaTypes.DockerLayerGzip, MediaTypes.DockerLayerGzip], (await BuildAsync("FROM oci\nCOPY a /b", Docker)).Blobs.Skip(1).Select(b => b.Descriptor.MediaType));
        var mixed = await BuildAsync("FROM docker\nCOPY a /b", Zstd);
        Assert.Equal([MediaTypes.OciLayerGzip, MediaTypes.OciLayerZstd], mixed.Manifest.AsImage().Layers.Select(l => l.MediaType));
        Assert.Equal(oci.Blobs[1].Descriptor, mixed.Blobs[1].Descriptor);

        _workspace.Bases.Add("mixed", mixed);
        var error = await Assert.ThrowsAsync<ViaductException>(() => BuildAsync("FROM mixed", Docker));
        Assert.Equal("VIA2153", error.Code);
        Assert.Contains("tar+zstd", error.Message);
    }

    [Fact]
    public async Task Docker_has_no_type_for_zstd()
    {
        var form = new ImageForm(Compressor.Zstd, ManifestKind.Docker);
        Assert.Equal("VIA2153", (await Assert.ThrowsAsync<ViaductException>(() => KeyAsync("FROM scratch", form))).Code);
        Assert.Equal("VIA2153", (await Assert.ThrowsAsync<ViaductException>(() => BuildAsync("FROM scratch", form))).Code);
    }

    [Fact]
    public void The_compressor_is_the_one_that_its_name_says() =>
        Assert.StartsWith($"zstdsharp-{typeof(ZstdSharp.Compressor).Assembly.GetName().Version!.ToString(3)}-", PinnedZstd.Identity);

    public async ValueTask DisposeAsync()
    {
        await _spool.DisposeAsync();
        await _workspace.DisposeAsync();
    }
}
