using System.Net;
using System.Net.Sockets;
using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Failures;

/// <summary>Disks, ports and registries that fail.</summary>
public sealed class Broken_surroundings
{
    private const string OneFile = "FROM scratch\nCOPY file /file\n";

    private static TemporaryFolder Small() => new TemporaryFolder().WithApp(OneFile).With("images/app/file", "content");

    [Fact]
    public async Task A_registry_that_is_down_is_named()
    {
        using var folder = Small();
        var address = $"127.0.0.1:{Ports.Free()}";
        FailureAssert.IsClear(await ViaductCli.RunAsync(folder, "push", "--registry", $"{address}/team"), "VIA3001", ExitCode.Unreachable, address);
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var folder = Small();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString();
        FailureAssert.IsClear(await ViaductCli.RunAsync(folder, new Dictionary<string, string?> { ["VIADUCT_PORT"] = port }, "push"), "VIA4001", ExitCode.Failed, port, "VIADUCT_PORT");
        FailureAssert.IsClear(await ViaductCli.RunAsync(folder, "registry", "serve", "--port", port), "VIA4001", ExitCode.Failed, port, "--port");
        listener.Stop();
        Assert.Empty(await Store.TagsOfAsync(folder));
    }

    [Fact]
    public async Task A_store_that_another_process_owns_is_named()
    {
        using var folder = Small();
        using var serving = await ServedStore.StartAsync(folder.At(".viaduct/registry"));
        FailureAssert.IsClear(await ViaductCli.RunAsync(folder, "push"), "VIA4002", ExitCode.Failed, ".viaduct/registry");
        Assert.Empty(await Store.TagsAsync(serving.Address));
    }

    [Fact]
    public async Task A_read_only_output_folder_is_named()
    {
        RealParts.NeedRoot();
        using var folder = Small();
        using var mount = await TmpFs.MountAsync(folder.At("out"), "size=1m,ro");
        FailureAssert.IsClear(await ViaductCli.RunAsync(folder, "build", "--output", "out/layout"), "VIA9003", ExitCode.Failed, folder.At("out"), "read-only");
        FailureAssert.IsClear(await ViaductCli.RunAsync(folder, "build", "--metadata", "out/metadata.json"), "VIA9003", ExitCode.Failed, folder.At("out"), "read-only");
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.At("out")));
    }

    [Fact]
    public async Task A_read_only_store_is_named()
    {
        RealParts.NeedRoot();
        using var folder = Small();
        using (await TmpFs.MountAsync(folder.At(".viaduct"), "size=1m,ro"))
            FailureAssert.IsClear(await ViaductCli.RunAsync(folder, "push"), "VIA4004", ExitCode.Failed, folder.At(".viaduct/registry"));
        (await ViaductCli.RunAsync(folder, "push")).MustSucceed();
    }

    [Fact]
    public async Task A_disk_that_fills_while_a_layer_is_built_is_named()
    {
        RealParts.NeedRoot();
        using var folder = new TemporaryFolder().WithApp(OneFile).WithNoise("images/app/file", 8);
        using (var mount = await TmpFs.MountAsync(folder.At(".viaduct"), "size=2m"))
        {
            FailureAssert.IsClear(await ViaductCli.RunAsync(folder, "push"), "VIA9002", ExitCode.Failed, "disk is full");
            Assert.Empty(Leftovers(folder));
            await mount.RemountAsync("size=64m");
            Assert.Empty(await Store.TagsOfAsync(folder));
            (await ViaductCli.RunAsync(folder, "push")).MustSucceed();
            Assert.Equal(3, (await Store.TagsOfAsync(folder)).Count);
        }
    }

    [Fact]
    public async Task A_disk_that_fills_while_the_embedded_registry_writes_is_named()
    {
        RealParts.NeedRoot();
        using var folder = new TemporaryFolder().WithApp(OneFile).WithNoise("images/app/file", 8);
        using (var mount = await TmpFs.MountAsync(folder.At(".viaduct/registry"), "size=2m"))
        {
            var outcome = await ViaductCli.RunAsync(folder, "push");
            FailureAssert.IsClear(outcome, "VIA3014", ExitCode.Unreachable, "disk is full");
            await mount.RemountAsync("size=64m");
            Assert.Empty(await Store.TagsOfAsync(folder));
            (await ViaductCli.RunAsync(folder, "push")).MustSucceed();
            Assert.Equal(3, (await Store.TagsOfAsync(folder)).Count);
        }
    }

    private static IEnumerable<string> Leftovers(TemporaryFolder folder) =>
        Directory.Exists(folder.At(".viaduct/spool")) ? Directory.EnumerateFiles(folder.At(".viaduct/spool")) : [];
}
