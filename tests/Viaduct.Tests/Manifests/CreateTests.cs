using Viaduct.Manifests;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Tests.Manifests;

public sealed class CreateTests : IAsyncLifetime
{
    private static readonly Platform Amd64 = new("linux", "amd64");
    private static readonly Platform Arm64 = new("linux", "arm64");
    private ListBed _bed = null!;

    public async ValueTask InitializeAsync() => _bed = await ListBed.StartAsync();

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task A_list_is_written_with_a_file_for_each_image_and_costs_two_requests_an_image()
    {
        await _bed.ImageAsync("b:arm64", Arm64);
        var amd64 = await _bed.ImageAsync("a:amd64", Amd64);

        var made = await _bed.CreateAsync("app:1", "b:arm64", "a:amd64");

        Assert.Equal([_bed.Name("a:amd64"), _bed.Name("b:arm64")], made.Entries.Select(e => e.Image.Ref));
        Assert.Equal(amd64.Descriptor with { Platform = Amd64 }, made.Entries[0].Image.Descriptor);
        Assert.Equal(amd64.Bytes.ToArray(), (await _bed.FindAsync("app:1")).Entries[0].Image.Manifest!.Bytes.ToArray());
        Assert.True(File.Exists(_bed.FileOf("app:1", "b:arm64")));
        Assert.Equal(4, _bed.Requests.Count);
        Assert.Empty(_bed.Notes);
    }

    [Theory]
    [InlineData("""{"os":"windows","architecture":"amd64","os.version":"10.0.1","os.features":["win32k"],"variant":"v2","config":{}}""", "windows(10.0.1)/amd64/v2", "win32k")]
    [InlineData("""{"os":"linux","architecture":"arm"}""", "linux/arm", "")]
    [InlineData("""{"OS":"linux","Architecture":"x86_64","rootfs":7}""", "linux/x86_64", "")]
    [InlineData("{}", "/", "")]
    public async Task The_platform_is_what_the_config_says_and_nothing_is_normalised(string config, string platform, string features)
    {
        await _bed.ImageAsync("a:1", System.Text.Encoding.UTF8.GetBytes(config), docker: true);

        var entry = Assert.Single((await _bed.CreateAsync("app:1", "a:1")).Entries).Image.Descriptor;

        Assert.Equal(platform, entry.Platform!.ToString());
        Assert.Equal(features, string.Join(',', entry.Platform.OsFeatures));
        Assert.Contains(config == "{}" ? "\"platform\":{\"architecture\":\"\",\"os\":\"\"}" : "\"platform\":", await File.ReadAllTextAsync(_bed.FileOf("app:1", "a:1"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("layer")]
    [InlineData("""{"os":7}""")]
    public async Task A_config_that_is_none_is_said_and_nothing_is_written(string config)
    {
        await _bed.ImageAsync("a:1", System.Text.Encoding.UTF8.GetBytes(config));

        var error = await Assert.ThrowsAsync<ViaductException>(() => _bed.CreateAsync("app:1", "a:1"));

        Assert.Equal("VIA5102", error.Code);
        Assert.Null(await _bed.Store.FindAsync(_bed.Name("app:1"), default));
    }

    [Fact]
    public async Task Nothing_is_written_when_one_image_fails_and_the_first_of_those_typed_is_named()
    {
        await _bed.ImageAsync("a:1", Amd64);

        var error = await Assert.ThrowsAsync<ManifestException>(() => _bed.CreateAsync("app:1", "a:1", "x:missing", "y:missing"));

        Assert.Equal($"no such manifest: {_bed.Full("x:missing")}", error.Words);
        Assert.Contains(_bed.Full("y:missing"), error.Message);
        Assert.Null(await _bed.Store.FindAsync(_bed.Name("app:1"), default));
        Assert.Single((await _bed.CreateAsync("app:1", "a:1")).Entries);
    }

    [Fact]
    public async Task A_bad_name_is_said_after_what_is_wrong_with_the_images_before_it()
    {
        await _bed.ImageAsync("a:1", Amd64);
        var bad = new CreateRequest(_bed.Name("app:1"), [new(_bed.Full("a:1")), new("Foo")]);

        Assert.Equal("invalid reference format: repository name (library/Foo) must be lowercase", (await Assert.ThrowsAsync<ManifestException>(() => _bed.CreateAsync(bad))).Words);
        Assert.Equal($"no such manifest: {_bed.Full("a:2")}",
            (await Assert.ThrowsAsync<ManifestException>(() => _bed.CreateAsync(bad with { Children = [new(_bed.Full("a:2")), new("Foo")] }))).Words);
    }

    [Fact]
    public async Task A_wrong_password_is_no_such_manifest_and_the_truth_follows()
    {
        await using var strict = new StrictRegistry();
        using var client = new RegistryClient(new RegistryOptions { Credentials = new WrongPassword() });
        var name = $"{strict.Address}/a:1";

        var error = await Assert.ThrowsAsync<ManifestException>(() =>
            new ListCreator(_bed.Context with { Registry = client }).CreateAsync(new(_bed.Name("app:1"), [new(name)]), default));

        Assert.Equal($"no such manifest: {name}", error.Words);
        Assert.True(error.HasMore);
        Assert.StartsWith("VIA30", error.Code);
        Assert.Null(await _bed.Store.FindAsync(_bed.Name("app:1"), default));
    }

    [Fact]
    public async Task Two_images_with_one_file_name_are_both_in_the_list()
    {
        var one = await _bed.ImageAsync("app:1-amd64", Amd64);
        var other = await _bed.ImageAsync("app-1:amd64", Arm64);

        await _bed.CreateAsync("list:1", "app:1-amd64", "app-1:amd64");

        Assert.Equal(new[] { one.Digest, other.Digest }.Order(Comparer<Digest>.Create((a, b) => string.CompareOrdinal(a.Hex, b.Hex))),
            (await _bed.FindAsync("list:1")).Entries.Select(e => e.Image.Descriptor.Digest).Order(Comparer<Digest>.Create((a, b) => string.CompareOrdinal(a.Hex, b.Hex))));
    }

    [Fact]
    public async Task A_list_may_have_a_digest_for_a_name_and_its_images_too()
    {
        var image = await _bed.ImageAsync("a:1", Amd64);
        var list = _bed.Full($"app@{image.Digest}");

        var made = await _bed.CreateAsync(new CreateRequest(DockerName.Parse(list), [new(_bed.Full($"a@{image.Digest}"))]));

        Assert.Equal(list, made.Name.ToString());
        Assert.Equal(_bed.Full($"a@{image.Digest}"), made.Entries[0].Image.Ref.ToString());
    }

    [Fact]
    public async Task Images_that_may_be_missing_are_left_out_unless_all_are()
    {
        await _bed.ImageAsync("a:1", Amd64);
        ChildName Maybe(string name) => new(_bed.Full(name), MayBeMissing: true);

        Assert.Single((await _bed.CreateAsync(new CreateRequest(_bed.Name("app:1"), [Maybe("a:1"), Maybe("b:1")]))).Entries);
        Assert.Contains(_bed.Notes, n => n.Contains("b:1") && n.Contains("left out"));
        Assert.Equal("VIA5104", (await Assert.ThrowsAsync<ViaductException>(() => _bed.CreateAsync(new CreateRequest(_bed.Name("app:2"), [Maybe("b:1")])))).Code);
    }

    [Fact]
    public async Task A_declared_platform_goes_before_the_config_which_fills_what_it_leaves_open()
    {
        await _bed.ImageAsync("a:1", new Platform("windows", "amd64") { OsVersion = "10.0.1" });
        await _bed.ImageAsync("b:1", new Platform("linux", "arm", "v6"));

        var made = await _bed.CreateAsync(new CreateRequest(_bed.Name("app:1"), [new(_bed.Full("a:1"), new("windows", "arm64")), new(_bed.Full("b:1"), new("", "", "v7"))]));

        Assert.Equal(["windows(10.0.1)/arm64", "linux/arm/v7"], made.Entries.Select(e => e.Image.Descriptor.Platform!.ToString()));
    }

    [Fact]
    public async Task Annotations_of_the_list_are_kept_beside_it_and_docker_s_part_is_said()
    {
        await _bed.ImageAsync("a:1", Amd64);
        await _bed.CreateAsync(_bed.Request("app:1", "a:1") with { Annotations = new Dictionary<string, string> { ["a"] = "1", ["b"] = "1" } });
        await _bed.CreateAsync(_bed.Request("app:1", "a:1") with { Amend = true, Annotations = new Dictionary<string, string> { ["b"] = "2" } });

        Assert.Equal(new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" }, (await _bed.FindAsync("app:1")).Companion.Annotations);
        Assert.Contains(_bed.Notes, n => n.Contains("annotations") && n.Contains("docker's push would leave them out"));
    }

    private sealed class WrongPassword : ICredentialSource
    {
        public ValueTask<Credential?> FindAsync(string registry, CancellationToken cancellationToken) => ValueTask.FromResult<Credential?>(new Credential("me", "wrong"));
    }
}
