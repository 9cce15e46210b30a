using System.Diagnostics;
using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Failures;

/// <summary>Ctrl-C in the middle.</summary>
public sealed class An_interrupted_push
{
    [Fact]
    public async Task Ends_soon_and_has_written_no_manifest()
    {
        RealParts.NeedLinux();
        using var folder = new TemporaryFolder().WithImages();
        await using var registry = await StuckRegistry.StartAsync();
        using var push = ViaductCli.Start(folder, new Dictionary<string, string?>(), "push", "--registry", registry.Address);
        await registry.Stuck.WaitAsync(TimeSpan.FromMinutes(1));

        var began = Stopwatch.StartNew();
        push.Signal(Native.Interrupt);
        MustBeCancelled(await push.EndAsync());
        Assert.True(began.Elapsed < TimeSpan.FromSeconds(10), $"it took {began.Elapsed}");
        Assert.Empty(registry.ManifestWrites);
        Assert.Empty(Spool(folder));
    }

    [Fact]
    public async Task Leaves_no_tag_in_the_embedded_registry_and_the_next_one_succeeds()
    {
        RealParts.NeedLinux();
        using var folder = new TemporaryFolder().WithApp("FROM scratch\nCOPY file /file\n", "linux/amd64, linux/arm64, linux/386").WithNoise("images/app/file", 48);
        for (var tries = 1; ; tries++)
        {
            using var push = ViaductCli.Start(folder, new Dictionary<string, string?>(), "push", "--verbose");
            await push.SaysAsync(said => said.Contains("POST /v2/", StringComparison.Ordinal));
            push.Signal(Native.Interrupt);
            var outcome = await push.EndAsync();
            // On a busy machine the signal may come after all is done.
            if (outcome.Exit == (int)ExitCode.Done && tries < 10)
            {
                Directory.Delete(folder.At(".viaduct"), recursive: true);
                continue;
            }
            MustBeCancelled(outcome);
            break;
        }
        Assert.Empty(await Store.TagsOfAsync(folder));
        Assert.Empty(Spool(folder));

        (await ViaductCli.RunAsync(folder, "push")).MustSucceed();
        Assert.Equal(4, (await Store.TagsOfAsync(folder)).Count);
    }

    [Fact]
    public async Task Is_not_held_up_by_a_build()
    {
        RealParts.NeedLinux();
        using var folder = new TemporaryFolder().WithApp("FROM scratch\nCOPY file /file\n", string.Join(", ", PushedSets.Platforms)).WithNoise("images/app/file", 64);
        using var push = ViaductCli.Start(folder, new Dictionary<string, string?>(), "push", "--verbose");
        await push.SaysAsync(said => said.Contains("HEAD /v2/", StringComparison.Ordinal));
        push.Signal(Native.Interrupt);
        MustBeCancelled(await push.EndAsync());
        Assert.Empty(await Store.TagsOfAsync(folder));
        Assert.Empty(Spool(folder));
    }

    private static void MustBeCancelled(Outcome outcome)
    {
        Assert.True(outcome.Exit == (int)ExitCode.Cancelled, $"it ended with {outcome.Exit}:\n{outcome.Error}");
        Assert.EndsWith("cancelled\n", outcome.Error);
        Assert.DoesNotContain("error VIA", outcome.Error);
        Assert.DoesNotContain("   at ", outcome.Error);
    }

    private static IEnumerable<string> Spool(TemporaryFolder folder) =>
        Directory.Exists(folder.At(".viaduct/spool")) ? Directory.EnumerateFiles(folder.At(".viaduct/spool")) : [];
}
