using System.Text;
using Viaduct.Manifests;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;

namespace Viaduct.Tests.Manifests;

/// <summary>What is done before the transfer, or instead of it: dry runs, old files, local sources.</summary>
public sealed class PushEndTests : IAsyncLifetime
{
    private PushBed _bed = null!;

    public async ValueTask InitializeAsync() => _bed = await PushBed.StartAsync();

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task A_dry_run_reads_and_writes_nothing_anywhere()
    {
        await _bed.ListAsync("target/app:1", [await _bed.ImageAsync("source/app:1"), await _bed.ImageAsync("target/app:a", new("linux", "arm64"))]);
        var before = Files();
        var planned = await _bed.PushAsync("target/app:1", r => r with { DryRun = true, Purge = true, Tags = ["2"] });
        Assert.Equal(2, _bed.Registry.Count);
        Assert.All(_bed.Registry.Seen, s => Assert.Matches("^(GET|HEAD) ", s));
        Assert.Equal([true, false], planned.Images.Select(i => i.IsMoved));
        Assert.Equal(before, Files());
        Assert.Null(await _bed.FindAsync("target/app:1"));
        Assert.Equal(planned.List.Digest, (await _bed.PushAsync("target/app:1")).List.Digest);
    }

    [Fact]
    public async Task A_dry_run_misses_what_a_push_would_miss()
    {
        var image = await _bed.ImageAsync("app:a");
        var gone = image with { Ref = _bed.Name("gone/app:1") };
        await _bed.ListAsync("app:1", [gone]);
        var e = await _bed.RefusedAsync<ManifestException>("app:1", r => r with { DryRun = true });
        Assert.Equal($"no such manifest: {gone.Ref}@{image.Descriptor.Digest}", e.Words);
    }

    [Theory]
    [InlineData("18.03", true)]
    [InlineData("18.03", false)]
    [InlineData("20.10", true)]
    public async Task Images_whose_bytes_an_old_docker_threw_away_are_read_by_digest(string docker, bool elsewhere)
    {
        // No indentation that could be guessed.
        var image = await _bed.ImageAsync(elsewhere ? "source/app:1" : "app:a", docker: true, bytes: json => json.Replace("\":", "\"  : "));
        var json = Encoding.UTF8.GetString(image.Manifest!.Bytes.Span).Replace("\"  : ", "\":");
        var file = docker == "18.03"
            ? $$$"""{"Ref":"{{{image.Ref}}}","Digest":"{{{image.Descriptor.Digest}}}","SchemaV2Manifest":{{{json}}},"Platform":{"architecture":"amd64","os":"linux"}}"""
            : $$$"""{"Ref":"{{{image.Ref}}}","Descriptor":{"mediaType":"{{{MediaTypes.DockerManifest}}}","digest":"{{{image.Descriptor.Digest}}}","size":{{{image.Descriptor.Size}}},"platform":{"architecture":"amd64","os":"linux"}},"SchemaV2Manifest":{{{json}}}}""";
        var folder = Path.Combine(_bed.Store.Folder, "manifests", ManifestList.StoreName(_bed.Name("app:1")));
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, ManifestList.StoreName(image.Ref)), file);

        var pushed = await _bed.PushAsync("app:1");
        Assert.Equal(image.Descriptor.Size, Assert.Single(pushed.List.AsIndex().Manifests).Size);
        Assert.Equal(1, _bed.Registry.CountOf("GET", "/manifests/"));
        Assert.Equal(image.Manifest.Bytes.ToArray(), (await _bed.FindAsync($"app@{image.Descriptor.Digest}"))!.Bytes.ToArray());
    }

    [Fact]
    public async Task An_image_of_a_layout_is_sent_from_there_if_it_is_still_the_same()
    {
        var folder = Path.Combine(_bed.Folder.Path, "layout");
        var layout = await OciLayout.OpenOrCreateAsync(folder, default);
        var config = Blob.FromBytes(MediaTypes.OciConfig, new ImageConfig(new Platform("linux", "amd64")).ToBytes());
        await layout.PushBlobAsync(config, default);
        var manifest = new ImageManifest(config.Descriptor, []).ToManifest();
        await layout.TagAsync("1", manifest, default);
        var image = new StoredManifest(Reference.Parse($"{_bed.Name("app")}@{manifest.Digest}"), manifest.Descriptor with { Platform = new Platform("linux", "amd64") }, manifest);
        await _bed.ListAsync("app:1", [image], c => c with { Sources = new Dictionary<Digest, string> { [manifest.Digest] = $"oci:{folder}:1" } });

        var pushed = Assert.Single((await _bed.PushAsync("app:1")).Images);
        Assert.Equal((true, $"oci:{folder}:1"), (pushed.IsMoved, pushed.From));
        Assert.Equal(manifest.Bytes.ToArray(), (await _bed.FindAsync($"app@{manifest.Digest}"))!.Bytes.ToArray());

        Directory.Delete(folder, recursive: true);
        layout = await OciLayout.OpenOrCreateAsync(folder, default);
        await layout.PushBlobAsync(config, default);
        await layout.TagAsync("1", new ImageManifest(config.Descriptor, []) { Annotations = new Dictionary<string, string> { ["a"] = "b" } }.ToManifest(), default);
        var e = await _bed.RefusedAsync<ViaductException>("app:1");
        Assert.Equal(("VIA5125", $"oci:{folder}:1"), (e.Code, e.Where));
        Assert.Empty(_bed.Registry.Seen);
    }

    private string[] Files() => [.. Directory.EnumerateFiles(_bed.Store.Folder, "*", SearchOption.AllDirectories).Order().Select(f => f + File.ReadAllText(f))];
}
