using Viaduct.Copying;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;

namespace Viaduct.Tests.Copying;

public sealed class CopyJobTests : IAsyncLifetime
{
    private CopyBed _bed = null!;

    public async ValueTask InitializeAsync() => _bed = await CopyBed.StartAsync();

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task All_that_belongs_to_a_list_comes_along_and_is_mounted_in_one_registry()
    {
        var (from, to) = (_bed.Repository("from/app"), _bed.Repository("to/app"));
        var release = await WholeRelease.PushAsync(from);

        var result = await _bed.CopyAsync(CopySource.Of(from), release.List, CopyBed.Target(to), "1", "latest");

        await release.IsInAsync(to);
        await release.IsInAsync(to, "latest");
        Assert.Equal(new CopyCount(WholeRelease.Manifests, 0), result.Manifests);
        Assert.Equal((0, 0L), (result.Blobs.Copied, result.Bytes));
        Assert.True(result.Blobs.Mounted > 10);
        Assert.Equal(4, result.Referrers);
        Assert.Equal([release.SignatureTag], result.SignatureTags);
    }

    [Fact]
    public async Task It_goes_through_a_layout_and_an_archive_and_comes_back_the_same()
    {
        var from = _bed.Repository("from/app");
        var release = await WholeRelease.PushAsync(from);
        var layout = await OciLayout.OpenOrCreateAsync(Path.Combine(_bed.Folder, "layout"), default);
        var file = Path.Combine(_bed.Folder, "a.tar");

        await _bed.CopyAsync(CopySource.Of(from), release.List, CopyTarget.Of(layout, "oci:layout"), "1");
        await release.IsInAsync(layout);
        await _bed.CopyAsync(CopySource.Of(layout), release.List, CopyTarget.OfArchive(file, "oci-archive:a.tar"), "1");
        await using var spool = new BlobSpool(Path.Combine(_bed.Folder, "spool"));
        var archive = await ImageArchive.OpenAsync(File.OpenRead(file), spool, new ImageArchiveLimits(), default);
        var to = _bed.Repository("to/app");
        var result = await _bed.CopyAsync(CopySource.Of(archive), release.List, CopyBed.Target(to), "1");

        await release.IsInAsync(to);
        Assert.True(result.Bytes > 0 && result.Blobs.Mounted == 0);
    }

    [Fact]
    public async Task What_is_there_costs_one_request_a_manifest()
    {
        var layout = await OciLayout.OpenOrCreateAsync(Path.Combine(_bed.Folder, "layout"), default);
        var images = new List<Descriptor>();
        foreach (var name in (string[])["amd64", "arm64", "s390x", "riscv64"]) images.Add((await CopyBed.ImageAsync(layout, name)).Descriptor);
        var list = await CopyBed.ListAsync(layout, [.. images]);
        var target = CopyBed.Target(_bed.Repository("to/app"));
        await _bed.CopyAsync(CopySource.Of(layout), list, target, "1");
        _bed.Requests.Clear();

        var result = await _bed.CopyAsync(CopySource.Of(layout), list, target, "1");

        Assert.Equal(["HEAD", "HEAD", "HEAD", "HEAD", "HEAD"], _bed.Requests.Select(r => r.Method));
        Assert.Equal((new CopyCount(0, 5), new CopyCount(0, 0)), (result.Manifests, result.Blobs));
        Assert.Equal([("1", false)], result.Tags);
    }

    [Fact]
    public async Task What_every_target_has_is_not_read_from_the_source()
    {
        var (from, to) = (_bed.Repository("from/app"), _bed.Repository("to/app"));
        var image = await CopyBed.ImageAsync(from, "amd64");
        var list = await CopyBed.ListAsync(from, image.Descriptor);
        await _bed.CopyAsync(CopySource.Of(from), image, CopyBed.Target(to));
        _bed.Requests.Clear();
        await _bed.CopyAsync(CopySource.Of(from), list, CopyBed.Target(to), "1");
        Assert.DoesNotContain(_bed.Requests, r => r.Method == "GET" && r.Path.Contains($"from/app/manifests/{image.Digest}"));
    }

    [Fact]
    public async Task A_tag_that_shows_something_else_moves_only_when_that_is_allowed_and_is_looked_at_before_all_else()
    {
        var (from, to) = (_bed.Repository("from/app"), _bed.Repository("to/app"));
        var (old, image) = (await CopyBed.ImageAsync(to, "old"), await CopyBed.ImageAsync(from, "new"));
        await to.TagAsync("1", old, default);
        _bed.Requests.Clear();

        var refused = await Assert.ThrowsAsync<ViaductException>(() => _bed.CopyAsync(CopySource.Of(from), image, CopyBed.Target(to), "2", "1"));
        Assert.Equal(("VIA5151", true), (refused.Code, refused.Message.Contains(old.Digest.Short)));
        Assert.Empty(_bed.Writes);

        await _bed.CopyAsync(CopySource.Of(from), image, CopyBed.Target(to, moves: true), "1");
        Assert.Equal(image.Digest, (await to.FindManifestAsync("1", default))!.Digest);
    }

    [Fact]
    public async Task Without_referrers_nothing_is_asked_or_taken_that_only_is_about_it()
    {
        var (from, to) = (_bed.Repository("from/app"), _bed.Repository("to/app"));
        var release = await WholeRelease.PushAsync(from);
        _bed.Requests.Clear();
        await new CopyJob(new CopyRequest(CopySource.Of(from), release.List, [new(CopyBed.Target(to), ["1"])]) { WithReferrers = false }).RunAsync(default);
        Assert.DoesNotContain(_bed.Requests, r => r.Path.Contains("/referrers/") || r.Path.Contains("/tags/"));
        await WholeRelease.CompleteAsync(to, release.List);
        Assert.Null(await to.FindManifestAsync(release.Sbom.Digest.ToString(), default));
    }

    [Fact]
    public async Task A_dry_run_changes_nothing_and_counts_the_same()
    {
        var layout = await OciLayout.OpenOrCreateAsync(Path.Combine(_bed.Folder, "layout"), default);
        var image = await CopyBed.ImageAsync(layout, "amd64");
        var target = CopyBed.Target(_bed.Repository("to/app"));
        var dry = Assert.Single(await new CopyJob(new CopyRequest(CopySource.Of(layout), image, [new(target, ["1"])]) { DryRun = true }).RunAsync(default));
        Assert.Empty(_bed.Writes);
        var done = await _bed.CopyAsync(CopySource.Of(layout), image, target, "1");
        Assert.Equal((done.Manifests, done.Blobs, done.Bytes), (dry.Manifests, dry.Blobs, dry.Bytes));
        Assert.Equal(3, done.Blobs.Copied);
    }

    [Fact]
    public async Task The_second_target_in_a_registry_takes_its_blobs_from_the_first()
    {
        var layout = await OciLayout.OpenOrCreateAsync(Path.Combine(_bed.Folder, "layout"), default);
        var image = await CopyBed.ImageAsync(layout, "amd64");
        var results = await new CopyJob(new CopyRequest(CopySource.Of(layout), image,
            [new(CopyBed.Target(_bed.Repository("one/app")), ["1"]), new(CopyBed.Target(_bed.Repository("two/app")), ["1"])])).RunAsync(default);
        Assert.Equal((3, 0), (results[0].Blobs.Copied, results[0].Blobs.Mounted));
        Assert.Equal((0, 3), (results[1].Blobs.Copied, results[1].Blobs.Mounted));
    }
}
