using System.Diagnostics;
using Viaduct.Oci;

namespace Viaduct.Build.Tests;

public sealed class Reproducible_images
{
    private const string Dockerfile =
        "ARG ARCH=amd64\nFROM scratch AS files\nCOPY data /data\nFROM scratch\nARG ARCH\nCOPY --chmod=0755 bin/pause-${ARCH} /pause\nCOPY --from=files /data /data\nWORKDIR /work\nUSER 65535:65535\nENTRYPOINT [\"/pause\"]\n";

    private static Workspace Sample()
    {
        var workspace = new Workspace().File("bin/pause-amd64", "not really a program").File("data/z", "z").File("data/a/b", new string('b', 300_000), executable: true).Link("data/l", "a/b");
        return workspace.File("data/" + new string('n', 120), "a long name").File("data/ä", "an umlaut");
    }

    [Fact]
    public async Task The_digests_are_these_until_the_format_changes()
    {
        await using var workspace = Sample();
        var image = await workspace.BuildAsync(Dockerfile);
        // Whoever changes these changes the digest of every image that anybody builds again.
        Assert.Equal(
            [
                "sha256:e7bfb83737fafcd2f7c5c07aa0817b5aaab1e328940aad58f3a2643c8787c2bb",
                "sha256:a1e50cdcb5b157d7d4c0b0596e981da92bbee8438da8c258fd7655097575af3e",
                "sha256:beabc7f2b008356b23800eefa4ad544e11ddb9f695c47f9dbd740c59319dc536",
            ],
            image.Config.DiffIds.Select(d => d.ToString()));
        Assert.Equal("sha256:7b787529bf786880ffdcded6e18f52c38c5aa5b74ec5afd4f969ab0df13afd3b", image.Manifest.AsImage().Annotations[Annotations.InputKey]);
        Assert.Equal("sha256:9c0008aabbe95c4c4db4f5c3dc1af74a42609a662017e851e45af2738898bacd", image.Manifest.Digest.ToString());
    }

    [Fact]
    public async Task Folder_time_umask_order_and_threads_do_not_matter()
    {
        await using var one = Sample();
        await using var other = new Workspace();
        var copy = $"umask 0077; cp -rP '{one.Root}/.' '{other.Root}/'; cd '{other.Root}'; find . -type f -exec touch -d '2001-01-01' '{{}}' +; chmod -R go-rwx .";
        using (var shell = Process.Start("sh", ["-c", copy])) await shell.WaitForExitAsync();

        var first = await one.BuildAsync(Dockerfile);
        foreach (var threads in (int[])[1, 2, 5])
        {
            var again = await other.BuildAsync(Dockerfile, threads: threads);
            Assert.Equal(first.Manifest.Digest, again.Manifest.Digest);
            Assert.Equal(first.Manifest.Bytes.ToArray(), again.Manifest.Bytes.ToArray());
        }
    }

    [Fact]
    public async Task The_epoch_is_the_time_of_every_entry()
    {
        await using var workspace = Sample();
        var image = await workspace.BuildAsync(Dockerfile, epoch: 1700000000);
        foreach (var layer in image.Blobs.Skip(1))
            await foreach (var (entry, _) in Oci.Layers.LayerReader.ReadAsync(layer, CancellationToken.None))
                Assert.Equal(1700000000, entry.ModificationTime);
        Assert.NotEqual(image.Manifest.Digest, (await workspace.BuildAsync(Dockerfile)).Manifest.Digest);
    }

    [Fact]
    public async Task Builds_at_the_same_time_do_not_disturb_each_other()
    {
        await using var workspace = Sample();
        workspace.File("Dockerfile", Dockerfile);
        await using var spool = new BlobSpool(Path.Combine(Path.GetTempPath(), "viaduct-build-parallel"));
        var images = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => workspace.Builder.BuildAsync(workspace.Request(), spool, CancellationToken.None))));
        Assert.Single(images.Select(i => i.Manifest.Digest).Distinct());
    }

    [Fact]
    public async Task A_build_that_is_cancelled_stops()
    {
        await using var workspace = Sample();
        await using var spool = new BlobSpool(Path.GetTempPath());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => workspace.Builder.BuildAsync(workspace.Request(Dockerfile), spool, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Layers_are_read_by_tar_and_gzip()
    {
        await using var workspace = Sample();
        var image = await workspace.BuildAsync(Dockerfile);
        var path = Path.Combine(workspace.Root, "layer.tar.gz");
        await using (var file = File.Create(path))
        await using (var layer = await image.Blobs[2].OpenAsync(CancellationToken.None)) await layer.CopyToAsync(file);
        using var tar = Process.Start(new ProcessStartInfo("tar", ["-tzf", path]) { RedirectStandardOutput = true })!;
        var listing = await tar.StandardOutput.ReadToEndAsync();
        await tar.WaitForExitAsync();
        Assert.Equal(0, tar.ExitCode);
        Assert.Contains("data/a/b\n", listing);
    }
}
