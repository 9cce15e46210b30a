using Viaduct.Copying;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;
using Viaduct.Registry;

namespace Viaduct.Tests.Copying;

/// <summary>A copy that ends at any of its writes.</summary>
public sealed class CopyCutShortTests : IAsyncLifetime
{
    private CopyBed _bed = null!;

    public async ValueTask InitializeAsync() => _bed = await CopyBed.StartAsync();

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Fact]
    public async Task No_tag_shows_anything_incomplete_and_the_next_run_goes_on()
    {
        var layout = await OciLayout.OpenOrCreateAsync(Path.Combine(_bed.Folder, "layout"), default);
        var release = await WholeRelease.PushAsync(layout);
        foreach (var about in (RawManifest[])[release.Sbom, release.ImageSbom, release.Signature]) await layout.PushReferrerAsync(about, default);
        using var proxy = new RefusingProxy(_bed.Registry.Address);
        var cut = 0;
        for (var write = 1; ; write++)
        {
            var (name, inside) = ($"to{write}/app", _bed.Repository($"to{write}/app"));
            proxy.Refused = write;
            using var client = new RegistryClient(new RegistryOptions());
            var target = CopyBed.Target(client.Repository(Reference.Parse($"{proxy.Address}/{name}"), push: true));
            var failure = await Record.ExceptionAsync(() => _bed.CopyAsync(CopySource.Of(layout), release.List, target, "1", "latest"));
            if (failure is not null) cut++;
            foreach (var tag in (string[])["1", "latest", release.SignatureTag])
                if (await inside.FindManifestAsync(tag, default) is { } shown) await WholeRelease.CompleteAsync(inside, shown);
            if (!proxy.HasRefused) break;

            await _bed.CopyAsync(CopySource.Of(layout), release.List, CopyBed.Target(inside), "1", "latest");
            await release.IsInAsync(inside);
            await release.IsInAsync(inside, "latest");
        }
        Assert.True(cut > 20, $"only {cut} writes were refused");
    }

    [Fact]
    public async Task The_tags_are_the_last_that_is_written_and_are_read_back()
    {
        var layout = await OciLayout.OpenOrCreateAsync(Path.Combine(_bed.Folder, "layout"), default);
        var release = await WholeRelease.PushAsync(layout);
        var order = new List<string>();
        using var client = new RegistryClient(new RegistryOptions { Trace = r => { lock (order) order.Add($"{r.Method} {r.Path}"); } });
        await _bed.CopyAsync(CopySource.Of(layout), release.List, CopyBed.Target(client.Repository(Reference.Parse($"{_bed.Registry.Address}/to/app"), push: true)), "1");
        Assert.Equal(["PUT /v2/to/app/manifests/" + release.SignatureTag, "HEAD /v2/to/app/manifests/" + release.SignatureTag, "PUT /v2/to/app/manifests/1", "HEAD /v2/to/app/manifests/1"],
            order.TakeLast(4).Select(o => o.Replace(_bed.Registry.Address, "")));
    }

    [Fact]
    public async Task A_tag_that_somebody_moves_meanwhile_is_told()
    {
        var (from, to) = (_bed.Repository("from/app"), _bed.Repository("to/app"));
        var (image, other) = (await CopyBed.ImageAsync(from, "amd64"), await CopyBed.ImageAsync(to, "other"));
        var target = new MovingTarget(CopyBed.Target(to), () => to.TagAsync("1", other, default)) { Name = "to/app", MayMoveTags = false };
        Assert.Equal("VIA5153", (await Assert.ThrowsAsync<ViaductException>(() => _bed.CopyAsync(CopySource.Of(from), image, target, "1"))).Code);
    }

    /// <summary>Somebody else puts the same tag, right after us.</summary>
    private sealed class MovingTarget(CopyTarget inner, Func<Task> move) : CopyTarget
    {
        internal override Reference? Repository => inner.Repository;

        internal override Task<Digest?> FindTagAsync(string tag, CancellationToken cancellationToken) => inner.FindTagAsync(tag, cancellationToken);

        internal override Task<bool> HasAsync(Descriptor manifest, Digest? about, CancellationToken cancellationToken) => inner.HasAsync(manifest, about, cancellationToken);

        internal override Task<bool> HasBlobAsync(Descriptor blob, CancellationToken cancellationToken) => inner.HasBlobAsync(blob, cancellationToken);

        internal override Task PushBlobAsync(Blob blob, CancellationToken cancellationToken) => inner.PushBlobAsync(blob, cancellationToken);

        internal override Task PushManifestAsync(RawManifest manifest, bool refers, CancellationToken cancellationToken) => inner.PushManifestAsync(manifest, refers, cancellationToken);

        internal override async Task TagAsync(string tag, RawManifest manifest, CancellationToken cancellationToken)
        {
            await inner.TagAsync(tag, manifest, cancellationToken);
            await move();
        }
    }
}
