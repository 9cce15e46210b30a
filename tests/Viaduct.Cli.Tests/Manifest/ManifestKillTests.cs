using System.Diagnostics;
using System.Text;
using Viaduct.Manifests;
using Viaduct.Oci;

namespace Viaduct.Cli.Tests.Manifest;

/// <summary>The built program, killed at its work on a local list, and several of it at work on one.</summary>
public sealed class ManifestKillTests : IDisposable
{
    private const string List = "h.example/app:1";
    private static readonly string[] Images = [.. Enumerable.Range(0, 6).Select(i => $"h.example/app-{i}:1")];
    private readonly Place _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Whenever_it_is_killed_the_list_is_the_old_one_or_the_new_one()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "no other system exchanges two folders everywhere");
        string[] old = [.. Images.Select(FileOf)], made = old[3..];
        for (var kill = 0; kill < 20; kill++)
        {
            var home = _place.PathOf($"home-{kill}");
            await SaveAsync(home);
            var lists = Path.Combine(home, "manifests");
            using (var process = Start(home, ["remove", List, .. Images[..3]]))
            {
                // From here on it writes.
                while (!Directory.EnumerateFileSystemEntries(lists, ".tmp-*").Any() && !process.HasExited) await Task.Yield();
                var begun = Stopwatch.GetTimestamp();
                while (Stopwatch.GetElapsedTime(begun).TotalMilliseconds < kill / 2.0) await Task.Yield();
                process.Kill();
                await process.WaitForExitAsync();
            }

            // docker's way: one look at the folder.
            var files = Directory.EnumerateFiles(Path.Combine(home, "manifests", FileOf(List))).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal).ToArray();
            Assert.Contains(files, new[] { old, made });
            var store = new ManifestStore(home, TimeProvider.System);
            using var held = await store.LockAsync(Reference.Parse(List), default);
            var list = await store.FindAsync(Reference.Parse(List), default);
            Assert.Equal((files.Length, "1"), (list!.Entries.Count, list.Companion.Annotations["kept"]));
        }
    }

    [Fact]
    public async Task Of_what_several_do_to_one_list_at_the_same_time_nothing_is_lost()
    {
        var home = _place.PathOf("home");
        await SaveAsync(home);
        await Task.WhenAll(Images.Select((image, i) => RunAsync(home, i % 2 == 0 ? ["annotate", List, image, "--arch", "s390x"] : ["annotate", "--index", List, "--annotation", $"k{i}=v"])));
        var list = await new ManifestStore(home, TimeProvider.System).FindAsync(Reference.Parse(List), default);
        Assert.Equal(["s390x", "amd64", "s390x", "amd64", "s390x", "amd64"], list!.Entries.Select(e => e.Image.Descriptor.Platform!.Architecture));
        Assert.Equal(["k1", "k3", "k5", "kept"], list.Companion.Annotations.Keys.Order(StringComparer.Ordinal));
    }

    private static string FileOf(string name) => name.Replace('/', '_').Replace(':', '-');

    private static Task SaveAsync(string home)
    {
        var name = Reference.Parse(List);
        var empty = new StoredList(name, [], new Companion(name) { Annotations = new Dictionary<string, string> { ["kept"] = "1" } });
        return new ManifestStore(home, TimeProvider.System).SaveAsync(Images.Aggregate(empty, (list, image) => list.With(Image(image))), null, default);
    }

    private static StoredManifest Image(string name)
    {
        var manifest = new ImageManifest(new Descriptor(MediaTypes.OciConfig, Digest.Sha256(Encoding.UTF8.GetBytes(name)), 2), []).ToManifest();
        return new StoredManifest(Reference.Parse(name), manifest.Descriptor with { Platform = new Platform("linux", "amd64") }, manifest);
    }

    private static async Task RunAsync(string home, params string[] words)
    {
        using var process = Start(home, words);
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
    }

    private static Process Start(string home, string[] words)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "viaduct"), ["manifest", .. words]) { RedirectStandardError = true };
        start.Environment["DOCKER_CONFIG"] = home;
        start.Environment["DOCKER_CLI_EXPERIMENTAL"] = "enabled";
        return Process.Start(start)!;
    }
}
