using Viaduct.Lists;
using Viaduct.Oci;

namespace Viaduct.Tests;

public sealed class ListAssemblerTests : IAsyncLifetime
{
    private TestSet _set = null!;

    public async ValueTask InitializeAsync() => _set = await TestSet.StartAsync();

    public ValueTask DisposeAsync() => _set.DisposeAsync();

    [Fact]
    public async Task Children_keep_their_bytes_and_stand_in_docker_s_order()
    {
        var arm64 = await ImageAsync("app-arm64", new("linux", "arm64"));
        var amd64 = await ImageAsync("app-amd64", new("linux", "amd64"));

        var made = await AssembleAsync("app:1", ["app-arm64:1", "app-amd64:1"]);

        Assert.Equal([amd64.Digest, arm64.Digest], made.List.AsIndex().Manifests.Select(m => m.Digest));
        Assert.Equal(made.List.Digest, (await _set.FindAsync("app:1"))!.Digest);
        Assert.Equal(arm64.Bytes.ToArray(), (await _set.FindAsync($"app@{arm64.Digest}"))!.Bytes.ToArray());
    }

    [Fact]
    public async Task What_is_wrong_with_the_children_is_said_before_anything_is_pushed()
    {
        await ImageAsync("a", new("linux", "amd64"));
        await ImageAsync("b", new("linux", "amd64"), docker: true);
        await ImageAsync("c", new("linux", ""));
        var missing = new ChildRequest(Name("nothing:1"));

        await RefusedAsync("VIA5002", [missing]);
        await RefusedAsync("VIA5003", [new(Name("c:1"))]);
        await RefusedAsync("VIA5004", [new(Name("a:1")), new(Name("a:1"))]);
        await RefusedAsync("VIA5005", [new(Name("a:1")), new(Name("b:1"))]);
        await RefusedAsync("VIA5006", [new(Name("a:1"), new Platform("linux", "arm64"))]);
        await RefusedAsync("VIA5008", [new(Name("a:1"))], new Platform("linux", "arm64"));
        await RefusedAsync("VIA5009", []);
    }

    [Fact]
    public async Task A_declared_platform_can_be_trusted_over_the_config()
    {
        await ImageAsync("a", new("linux", "amd64"));

        var made = await new ListAssembler(_set.Client).AssembleAsync(
            new AssembleRequest { Targets = [Name("app:1")], Children = [new(Name("a:1"), new Platform("linux", "arm", "v6"))], TrustDeclared = true }, default);

        Assert.Equal("linux/arm/v6", Assert.Single(made.List.AsIndex().Manifests).Platform!.ToString());
    }

    [Fact]
    public async Task An_index_of_one_image_is_flattened_and_its_attestation_comes_along_unless_dropped()
    {
        var image = await ImageAsync("built", new("linux", "amd64"));
        var attestation = await ImageAsync("built", new("unknown", "unknown"), tag: "attestation");
        var entry = attestation.Descriptor with
        {
            Platform = new Platform("unknown", "unknown"),
            Annotations = new Dictionary<string, string> { ["vnd.docker.reference.type"] = "attestation-manifest", ["vnd.docker.reference.digest"] = image.Digest.ToString() },
        };
        var index = ManifestList.Write([(Name("built:1"), image.Descriptor with { Platform = new Platform("linux", "amd64") })], [entry]);
        await _set.Client.Repository(Name("built:1")).TagAsync("index", index, default);

        var kept = await AssembleAsync("app:1", ["built:index"]);
        Assert.Equal([image.Digest, attestation.Digest], kept.List.AsIndex().Manifests.Select(m => m.Digest));
        Assert.NotNull(await _set.FindAsync($"app@{attestation.Digest}"));

        var dropped = await new ListAssembler(_set.Client).AssembleAsync(
            new AssembleRequest { Targets = [Name("app:2")], Children = [new(Name("built:index"))], DropAttestations = true }, default);
        Assert.Equal(image.Digest, Assert.Single(dropped.List.AsIndex().Manifests).Digest);
    }

    [Fact]
    public async Task A_list_of_several_images_is_no_child_unless_its_platform_is_declared()
    {
        await ImageAsync("app-amd64", new("linux", "amd64"));
        var arm64 = await ImageAsync("app-arm64", new("linux", "arm64"));
        await AssembleAsync("app:1", ["app-amd64:1", "app-arm64:1"]);

        await RefusedAsync("VIA5007", [new(Name("app:1"))]);

        var made = await new ListAssembler(_set.Client).AssembleAsync(
            new AssembleRequest { Targets = [Name("only:1")], Children = [new(Name("app:1"), new Platform("linux", "arm64"))] }, default);
        Assert.Equal(arm64.Digest, Assert.Single(made.List.AsIndex().Manifests).Digest);
    }

    [Fact]
    public async Task A_tag_that_exists_with_other_content_is_only_moved_when_allowed()
    {
        await ImageAsync("app-amd64", new("linux", "amd64"));
        await ImageAsync("app-arm64", new("linux", "arm64"));
        var first = await AssembleAsync("app:1", ["app-amd64:1"]);

        var error = await Assert.ThrowsAsync<ViaductException>(() => AssembleAsync("app:1", ["app-amd64:1", "app-arm64:1"]));
        Assert.Equal("VIA5001", error.Code);
        Assert.Equal(first.List.Digest, (await _set.FindAsync("app:1"))!.Digest);
        Assert.Equal(first.List.Digest, (await AssembleAsync("app:1", ["app-amd64:1"])).List.Digest);

        var moved = await AssembleAsync("app:1", ["app-amd64:1", "app-arm64:1"], mayMoveTags: true);
        Assert.Equal(moved.List.Digest, (await _set.FindAsync("app:1"))!.Digest);
    }

    [Fact]
    public async Task Children_of_another_registry_are_copied()
    {
        await using var other = await TestSet.StartAsync();
        var image = await ImageAsync("app-amd64", new("linux", "amd64"));

        await new ListAssembler(other.Client).AssembleAsync(
            new AssembleRequest { Targets = [Reference.Parse($"{other.Address}/app:1")], Children = [new(Name("app-amd64:1"))] }, default);

        Assert.Equal(image.Bytes.ToArray(), (await other.FindAsync($"app@{image.Digest}"))!.Bytes.ToArray());
    }

    private Reference Name(string name) => Reference.Parse($"{_set.Address}/{name}");

    private Task<AssembledList> AssembleAsync(string target, string[] children, bool mayMoveTags = false) =>
        new ListAssembler(_set.Client).AssembleAsync(
            new AssembleRequest { Targets = [Name(target)], Children = [.. children.Select(c => new ChildRequest(Name(c)))], MayMoveTags = mayMoveTags }, default);

    private async Task RefusedAsync(string code, ChildRequest[] children, params Platform[] declared)
    {
        var error = await Assert.ThrowsAsync<ViaductException>(() => new ListAssembler(_set.Client).AssembleAsync(
            new AssembleRequest { Targets = [Name("refused:1")], Children = children, Declared = declared }, default));
        Assert.Equal(code, error.Code);
        Assert.Null(await _set.FindAsync("refused:1"));
    }

    private async Task<RawManifest> ImageAsync(string repository, Platform platform, bool docker = false, string tag = "1")
    {
        var target = _set.Client.Repository(Name($"{repository}:{tag}"));
        var config = Blob.FromBytes(docker ? MediaTypes.DockerConfig : MediaTypes.OciConfig, new ImageConfig(platform).ToBytes());
        await target.PushBlobAsync(config, default);
        var manifest = new ImageManifest(config.Descriptor, []).ToManifest();
        if (docker)
            manifest = RawManifest.Parse(System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(manifest.Bytes.Span).Replace(MediaTypes.OciManifest, MediaTypes.DockerManifest)), MediaTypes.DockerManifest);
        await target.TagAsync(tag, manifest, default);
        return manifest;
    }
}
