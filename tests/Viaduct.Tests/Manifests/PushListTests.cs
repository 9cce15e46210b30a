using Viaduct.Manifests;
using Viaduct.Oci;

namespace Viaduct.Tests.Manifests;

/// <summary>What is pushed of a local list, and what of it nobody changes.</summary>
public sealed class PushListTests : IAsyncLifetime
{
    private PushBed _bed = null!;

    public async ValueTask InitializeAsync() => _bed = await PushBed.StartAsync();

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task What_is_not_there_or_empty_or_without_a_platform_is_refused_in_docker_s_words_and_without_a_request()
    {
        Assert.Equal($"No such manifest: {_bed.Registry.Host}/app:1", (await _bed.RefusedAsync<ManifestException>("app:1")).Words);
        Directory.CreateDirectory(Path.Combine(_bed.Store.Folder, "manifests", ManifestList.StoreName(_bed.Name("app:1"))));
        Assert.Equal($"{_bed.Registry.Host}/app:1 not found", (await _bed.RefusedAsync<ManifestException>("app:1")).Words);
        var image = await _bed.ImageAsync("app:one");
        foreach (var platform in new[] { null, new Platform("", ""), new Platform("linux", ""), new Platform("", "amd64") })
        {
            await _bed.ListAsync("app:2", [image with { Descriptor = image.Descriptor with { Platform = platform } }]);
            var e = await _bed.RefusedAsync<ManifestException>("app:2");
            Assert.Equal($"manifest {_bed.Registry.Host}/app:one must have an OS and Architecture to be pushed to a registry", e.Words);
            Assert.True(e.HasMore);
        }
        Assert.Empty(_bed.Registry.Seen);
    }

    [Fact]
    public async Task Images_of_the_same_repository_cost_the_list_and_a_look_at_it()
    {
        var (a, b) = (await _bed.ImageAsync("app:b", new("linux", "arm64")), await _bed.ImageAsync("app:a", new("windows", "amd64") { OsVersion = "10.0.1" }));
        await _bed.ListAsync("app:1", [a, b]);
        var pushed = await _bed.PushAsync("app:1");

        Assert.Equal(["PUT /v2/app/manifests/1", "HEAD /v2/app/manifests/1"], _bed.Registry.Seen);
        Assert.Equal(ManifestList.Write([(a.Ref, a.Descriptor), (b.Ref, b.Descriptor)]).Digest, pushed.List.Digest);
        Assert.Equal(pushed.List.Bytes.ToArray(), (await _bed.FindAsync("app:1"))!.Bytes.ToArray());
        Assert.Equal([b.Descriptor.Digest, a.Descriptor.Digest], pushed.Images.Select(i => i.Entry.Digest));
        Assert.All(pushed.Images, i => Assert.False(i.IsMoved));
        Assert.Equal(pushed.List.Digest, (await _bed.Store.FindAsync(_bed.Name("app:1"), default))!.Companion.Pushed);
        Assert.True((await _bed.Store.FindAsync(_bed.Name("app:1"), default))!.IsAsPushed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Images_of_other_repositories_are_mounted_and_keep_their_bytes_whatever_their_form(bool docker)
    {
        var image = await _bed.ImageAsync("source/app:1", layers: 2, docker: docker, bytes: json => json.Replace(",", " ,\n\t") + "\n");
        await _bed.ListAsync("target/app:1", [image]);
        var pushed = await _bed.PushAsync("target/app:1");

        Assert.Equal(3, _bed.Registry.CountOf("POST", "from=source/app"));
        Assert.Equal(3 + 1 + 1 + 1, _bed.Registry.Count);
        Assert.Equal(image.Manifest!.Bytes.ToArray(), (await _bed.FindAsync($"target/app@{image.Descriptor.Digest}"))!.Bytes.ToArray());
        Assert.Equal(docker ? MediaTypes.DockerList : MediaTypes.OciIndex, pushed.List.MediaType);
        var moved = Assert.Single(pushed.Images);
        Assert.Equal((true, $"{_bed.Registry.Host}/source/app:1"), (moved.IsMoved, moved.From));
    }

    [Fact]
    public async Task Images_of_another_registry_are_sent()
    {
        await using var other = await PushRegistry.StartAsync();
        var image = await _bed.ImageAsync("source/app:1", at: other);
        await _bed.ListAsync("target/app:1", [image]);
        Assert.True(Assert.Single((await _bed.PushAsync("target/app:1")).Images).IsMoved);
        Assert.Equal(image.Manifest!.Bytes.ToArray(), (await _bed.FindAsync($"target/app@{image.Descriptor.Digest}"))!.Bytes.ToArray());
        Assert.Equal(0, _bed.Registry.CountOf("POST", "mount="));
    }

    [Fact]
    public async Task Layers_that_no_registry_has_to_hold_are_left_where_they_are()
    {
        var image = await _bed.ImageAsync("source/app:base", new("windows", "amd64"), docker: true);
        var foreign = new Descriptor("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", Digest.Sha256("nowhere"u8), 7) { Urls = ["https://mcr.example/x"] };
        var manifest = new ImageManifest(image.Manifest!.AsImage().Config, [foreign]).ToManifest(MediaTypes.DockerManifest);
        using var client = _bed.Client();
        await client.Repository(_bed.Name("source/app"), push: true).TagAsync("1", manifest, default);
        await _bed.ListAsync("target/app:1", [new StoredManifest(_bed.Name("source/app:1"), manifest.Descriptor with { Platform = new Platform("windows", "amd64") }, manifest)]);
        await _bed.PushAsync("target/app:1");
        Assert.NotNull(await _bed.FindAsync($"target/app@{manifest.Digest}"));
    }

    [Fact]
    public async Task Attestations_come_along_and_stand_behind_all_others()
    {
        var image = await _bed.ImageAsync("source/app:1");
        var proof = await _bed.ImageAsync("source/app:proof", new("unknown", "unknown"));
        var lost = await _bed.ImageAsync("source/app:lost");
        await _bed.ListAsync("target/app:1", [image], beside => beside with
        {
            Attestations = [Attestation(proof, image), Attestation(lost, proof)],
        });
        var pushed = await _bed.PushAsync("target/app:1");
        Assert.Equal([image.Descriptor.Digest, proof.Descriptor.Digest], pushed.List.AsIndex().Manifests.Select(m => m.Digest));
        Assert.Equal([false, true], pushed.Images.Select(i => i.IsAttestation));
        Assert.NotNull(await _bed.FindAsync($"target/app@{proof.Descriptor.Digest}"));

        StoredAttestation Attestation(StoredManifest of, StoredManifest about) =>
            new(AttestationEntry.Make(of.Descriptor, about.Descriptor.Digest), of.Ref, of.Manifest!);
    }

    [Fact]
    public async Task Annotations_stand_in_an_OCI_index_and_nowhere_else()
    {
        var annotations = new Dictionary<string, string> { ["k"] = "v" };
        var oci = await _bed.ImageAsync("app:oci");
        var docker = await _bed.ImageAsync("app:docker", docker: true);
        await _bed.ListAsync("app:1", [oci with { Descriptor = oci.Descriptor with { Annotations = annotations } }], c => c with { Annotations = annotations });
        var index = (await _bed.PushAsync("app:1")).List.AsIndex();
        Assert.Equal("v", index.Annotations["k"]);
        Assert.Equal("v", Assert.Single(index.Manifests).Annotations["k"]);

        await _bed.ListAsync("app:2", [docker], c => c with { Annotations = annotations });
        await _bed.ListAsync("app:3", [docker with { Descriptor = docker.Descriptor with { Annotations = annotations } }]);
        foreach (var list in new[] { "app:2", "app:3" }) Assert.Equal("VIA5124", (await _bed.RefusedAsync<ViaductException>(list)).Code);
        Assert.Empty(_bed.Registry.Seen);
    }

    [Fact]
    public async Task An_image_that_stands_in_the_list_twice_is_written_once()
    {
        var image = await _bed.ImageAsync("app:a");
        await _bed.ListAsync("app:1", [image, image with { Ref = image.Ref.WithDigest(image.Descriptor.Digest) }]);
        Assert.Single((await _bed.PushAsync("app:1", r => r with { Strict = true })).List.AsIndex().Manifests);
        Assert.Contains("is the same image as", Assert.Single(_bed.Notes));
    }

    [Theory]
    [InlineData(false, "VIA5122", "two images are for linux/amd64: nodes take {0}/app:a and never {0}/app:b; 'viaduct manifest remove {0}/app:1 IMAGE' takes one of them out")]
    [InlineData(true, "VIA5123", "{0}/app:b is a Docker image and {0}/app:a an OCI image: some registries, as Quay, refuse a list of both kinds")]
    public async Task Two_images_for_one_platform_or_of_two_kinds_are_a_note_or_with_strict_an_error(bool kinds, string code, string text)
    {
        text = text.Replace("{0}", _bed.Registry.Host);
        await _bed.ListAsync("app:1", [await _bed.ImageAsync("app:a"), await _bed.ImageAsync("app:b", new("linux", kinds ? "arm64" : "amd64"), docker: kinds)]);
        var e = await _bed.RefusedAsync<ViaductException>("app:1", r => r with { Strict = true });
        Assert.Equal((code, text), (e.Code, e.Message));
        Assert.Empty(_bed.Registry.Seen);
        Assert.Equal(2, (await _bed.PushAsync("app:1")).List.AsIndex().Manifests.Count);
        Assert.Equal([text], _bed.Notes);
    }

    [Fact]
    public async Task Further_tags_are_a_put_and_a_look_more_each()
    {
        await _bed.ListAsync("app:1", [await _bed.ImageAsync("app:a")]);
        var pushed = await _bed.PushAsync("app:1", r => r with { Tags = ["1", "2", "latest", "2"] });
        Assert.Equal(["1", "2", "latest"], pushed.Names.Select(n => n.Tag));
        Assert.Equal("PUT /v2/app/manifests/1", _bed.Registry.Seen.First());
        Assert.Equal(6, _bed.Registry.Count);
        foreach (var tag in new[] { "1", "2", "latest" }) Assert.Equal(pushed.List.Digest, (await _bed.FindAsync($"app:{tag}"))!.Digest);
    }

    [Fact]
    public async Task A_list_with_a_digest_for_a_name_is_put_under_its_own()
    {
        var name = "app@sha256:" + new string('1', 64);
        await _bed.ListAsync(name, [await _bed.ImageAsync("app:a")]);
        var pushed = await _bed.PushAsync(name, r => r with { Tags = ["x"] });
        Assert.Equal([$"{_bed.Registry.Host}/app@{pushed.List.Digest}", $"{_bed.Registry.Host}/app:x"], pushed.Names.Select(n => n.ToString()));
        Assert.NotNull(await _bed.FindAsync($"app@{pushed.List.Digest}"));
    }
}
