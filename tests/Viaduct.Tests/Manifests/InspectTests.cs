using System.Text;
using Viaduct.Manifests;
using Viaduct.Oci;
using static Viaduct.Tests.Manifests.InspectSamples;

namespace Viaduct.Tests.Manifests;

public sealed class InspectTests : IAsyncLifetime
{
    private static readonly Platform Arm64 = new("linux", "arm64", "v8");
    private ListBed _bed = null!;
    private RawManifest _image = null!;

    public async ValueTask InitializeAsync()
    {
        _bed = await ListBed.StartAsync();
        await _bed.Context.Registry.Repository(_bed.Name("app")).PushBlobAsync(Blob.FromBytes(MediaTypes.OciLayerGzip, "layer"u8.ToArray()), default);
        _image = await _bed.ImageAsync("app:arm64", Encoding.UTF8.GetBytes("""{"os": "linux", "architecture": "arm64", "variant": "v8"}"""), text: Manifest);
        await _bed.ListAsync("app:list", [_image.Descriptor with { Platform = Arm64, Annotations = new Dictionary<string, string> { ["k"] = "v" } }, _image.Descriptor], new Dictionary<string, string> { ["i"] = "x" });
        _bed.Forget();
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task An_image_of_a_registry_is_its_own_text_with_tabs_and_costs_one_request()
    {
        Assert.Equal(Tabbed, await _bed.InspectAsync("app:arm64"));
        Assert.Single(_bed.Requests);
    }

    [Fact]
    public async Task An_image_of_a_local_list_is_as_docker_keeps_it_and_costs_nothing()
    {
        await _bed.CreateAsync("l:1", "app:arm64");
        _bed.Forget();

        Assert.Equal(Tabbed.Replace("a<b> & ü", "a\\u003cb\\u003e \\u0026 ü"), await _bed.InspectAsync("app:arm64", "l:1"));
        Assert.Empty(_bed.Requests);
    }

    [Fact]
    public async Task Files_of_editors_beside_it_do_not_keep_an_image_from_being_shown()
    {
        await _bed.CreateAsync("l:1", "app:arm64");
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(_bed.FileOf("l:1", "app:arm64"))!, ".x.swp"), "b0VIM", TestContext.Current.CancellationToken);

        Assert.NotEmpty(await _bed.InspectAsync("app:arm64", "l:1"));
        Assert.Equal("VIA5130", (await Assert.ThrowsAnyAsync<ViaductException>(() => _bed.InspectAsync("app:other", "l:1"))).Code);
    }

    [Fact]
    public async Task A_list_of_a_registry_is_built_again_and_costs_one_request()
    {
        Assert.Equal(List, await _bed.InspectAsync("app:list"));
        Assert.Equal($"GET /v2/app/manifests/list", Assert.Single(_bed.Requests));
    }

    [Fact]
    public async Task Verbose_is_docker_s_file_of_each_image()
    {
        var one = Verbose("app:arm64", "");
        Assert.Equal(one + "\n", await _bed.InspectAsync("app:arm64", with: r => r with { Verbose = true }));

        var inList = Verbose($"app:list@{_image.Digest}", "\t");
        var without = inList.Replace("\"architecture\": \"arm64\",\n\t\t\t\t\"os\": \"linux\",\n\t\t\t\t\"variant\": \"v8\"", "\"architecture\": \"\",\n\t\t\t\t\"os\": \"\"");
        Assert.NotEqual(inList, without);
        Assert.Equal($"[\n\t{inList},\n\t{without}\n]\n", await _bed.InspectAsync("app:list", with: r => r with { Verbose = true }));

        await _bed.CreateAsync("l:1", "app:arm64");
        Assert.Equal(one + "\n", await _bed.InspectAsync("app:arm64", "l:1", r => r with { Verbose = true }));
        Assert.Equal($"[\n\t{Verbose("app:arm64", "\t")}\n]\n", await _bed.InspectAsync("l:1", with: r => r with { Verbose = true }));
    }

    [Fact]
    public async Task A_local_list_goes_before_the_registry_s_and_is_what_push_sends()
    {
        await _bed.CreateAsync("app:list", "app:arm64");
        _bed.Forget();

        var text = await _bed.InspectAsync("app:list");

        Assert.Equal(await _bed.InspectAsync("app:list", with: r => r with { Raw = true }) + "\n", text);
        Assert.Single(RawManifest.Parse(Encoding.UTF8.GetBytes(text), null).AsIndex().Manifests);
        Assert.Empty(_bed.Requests);
    }

    [Fact]
    public async Task An_empty_folder_is_a_list_of_nothing()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_bed.FileOf("e:1", "x"))!);

        Assert.Equal("{\n   \"schemaVersion\": 2,\n   \"mediaType\": \"application/vnd.docker.distribution.manifest.list.v2+json\",\n   \"manifests\": []\n}\n", await _bed.InspectAsync("e:1"));
        Assert.Equal("[]\n", await _bed.InspectAsync("e:1", with: r => r with { Verbose = true }));
    }

    [Fact]
    public async Task Images_of_another_registry_are_printed_though_docker_fails_there()
    {
        await _bed.CreateAsync(new CreateRequest(DockerName.Parse("other.example/l:1"), [new(_bed.Full("app:arm64"))]));

        var text = Encoding.UTF8.GetString(await new ListInspector(_bed.Context).InspectAsync(new(null, "other.example/l:1"), default));

        Assert.Contains(_image.Digest.ToString(), text);
    }

    [Fact]
    public async Task A_local_file_that_cannot_be_read_leads_to_the_registry_and_is_told()
    {
        await _bed.CreateAsync("app:list", "app:arm64");
        await File.WriteAllTextAsync(_bed.FileOf("app:list", "junk"), "junk", TestContext.Current.CancellationToken);

        Assert.Equal(List, await _bed.InspectAsync("app:list"));
        Assert.Contains(_bed.Notes, n => n.Contains("VIA5130") && n.Contains("junk"));
    }

    [Fact]
    public async Task Raw_is_the_exact_bytes()
    {
        Assert.Equal(Manifest, await _bed.InspectAsync("app:arm64", with: r => r with { Raw = true }));
        Assert.StartsWith("{\"schemaVersion\":2", await _bed.InspectAsync("app:list", with: r => r with { Raw = true }));
        Assert.Equal(Manifest, await _bed.InspectAsync("app:list", with: r => r with { Raw = true, Platforms = [new("linux", "arm64")] }));
        Assert.Equal("VIA5117", (await Assert.ThrowsAsync<ViaductException>(() => _bed.InspectAsync("app:list", with: r => r with { Raw = true, Platforms = [new("linux", "amd64")] }))).Code);
        await _bed.CreateAsync("l:1", "app:arm64");
        Assert.Equal(Manifest, await _bed.InspectAsync("app:arm64", "l:1", r => r with { Raw = true }));
    }

    [Fact]
    public async Task Only_entries_of_the_platforms_asked_for_are_shown()
    {
        var text = await _bed.InspectAsync("app:list", with: r => r with { Platforms = [new("linux", "arm64")] });

        Assert.Equal(Arm64, Assert.Single(RawManifest.Parse(Encoding.UTF8.GetBytes(text), null).AsIndex().Manifests).Platform);
    }

    [Fact]
    public async Task What_is_kept_beside_docker_s_files_is_shown_with_the_list()
    {
        await _bed.CreateAsync(_bed.Request("l:1", "app:arm64") with { Annotations = new Dictionary<string, string> { ["k"] = "v" } });

        Assert.EndsWith("   ],\n   \"annotations\": {\n      \"k\": \"v\"\n   }\n}\n", await _bed.InspectAsync("l:1"));
    }

    [Fact]
    public async Task A_list_in_a_list_is_shown_as_the_registry_has_it_and_verbose_says_why_it_cannot()
    {
        var inner = await _bed.ListAsync("app:inner", [_image.Descriptor]);
        await _bed.ListAsync("app:outer", [inner.Descriptor]);

        Assert.Contains($"\"digest\": \"{inner.Digest}\"", await _bed.InspectAsync("app:outer"));
        var error = await Assert.ThrowsAsync<ManifestException>(() => _bed.InspectAsync("app:outer", with: r => r with { Verbose = true }));
        Assert.Equal("unsupported manifest type: *manifestlist.DeserializedManifestList", error.Words);
    }

    [Fact]
    public async Task What_is_not_there_is_said_in_docker_s_two_spellings()
    {
        await _bed.CreateAsync("l:1", "app:arm64");
        async Task<string> WordsAsync(string image, string? list) => (await Assert.ThrowsAsync<ManifestException>(() => _bed.InspectAsync(image, list))).Words;

        Assert.Equal($"no such manifest: {_bed.Full("app:none")}", await WordsAsync("app:none", null));
        Assert.Equal($"No such manifest: {_bed.Full("app:none")}", await WordsAsync("app:none", "l:1"));
        Assert.Equal($"No such manifest: {_bed.Full("app:latest")}", await WordsAsync("app", "nothing"));
        // docker reads the image's name first, and says no list's.
        Assert.Equal("invalid reference format: repository name (library/FOO) must be lowercase",
            (await Assert.ThrowsAsync<ManifestException>(() => new ListInspector(_bed.Context).InspectAsync(new("Foo", "FOO"), default))).Words);
    }

    private string Verbose(string name, string tabs)
    {
        var manifest = Tabbed.TrimEnd().Replace("a<b> & ü", "a\\u003cb\\u003e \\u0026 ü").ReplaceLineEndings("\n\t" + tabs);
        string[] lines =
        [
            "{",
            $"\t\"Ref\": \"{_bed.Full(name)}\",",
            "\t\"Descriptor\": {",
            "\t\t\"mediaType\": \"application/vnd.oci.image.manifest.v1+json\",",
            $"\t\t\"digest\": \"{_image.Digest}\",",
            "\t\t\"size\": 451,",
            "\t\t\"platform\": {",
            "\t\t\t\"architecture\": \"arm64\",",
            "\t\t\t\"os\": \"linux\",",
            "\t\t\t\"variant\": \"v8\"",
            "\t\t}",
            "\t},",
            $"\t\"Raw\": \"{Raw}\",",
            $"\t\"OCIManifest\": {manifest}",
            "}",
        ];
        return string.Join("\n" + tabs, lines);
    }
}
