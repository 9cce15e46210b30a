using System.Text.Json;
using Viaduct.Build;
using Viaduct.Configuration;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Acceptance.Tests.Reproducibility;

/// <summary>Same input, same digest: on every machine, at any time, for anybody.</summary>
public sealed class Digests
{
    [Fact]
    public async Task Do_not_follow_the_folder_the_umask_or_the_time_of_a_checkout()
    {
        using var first = new TemporaryFolder().WithImages();
        using var second = new TemporaryFolder().With("deeper/below/here/file", "").WithImages();
        AsUnderAnotherUmask(second.Path);
        foreach (var file in Directory.EnumerateFileSystemEntries(second.Path, "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));

        Assert.Equal(await BuildAsync(first), await BuildAsync(second));
        Assert.Equal(2 * PushedSets.Platforms.Length, (await BuildAsync(first)).Count);
    }

    [Fact]
    public async Task Are_the_same_for_one_thread_and_for_eight()
    {
        using var folder = new TemporaryFolder().WithApp("FROM scratch\nCOPY . /\n", "linux/amd64").WithNoise("images/app/noise", 3)
            .With("images/app/text", string.Join('\n', Enumerable.Range(0, 400_000)));
        Assert.Equal(await BuildAppAsync(folder, 1), await BuildAppAsync(folder, 8));
    }

    [Theory]
    [InlineData("077", "1", "C", "UTC")]
    [InlineData("022", "8", "de_DE.UTF-8", "Asia/Kolkata")]
    public async Task Of_the_command_line_are_those_of_a_job(string umask, string processors, string language, string zone)
    {
        RealParts.NeedLinux();
        using var reference = new TemporaryFolder().WithImages();
        using var folder = new TemporaryFolder();
        // The copy is made under the umask, too: its files are as a checkout would have them.
        using var command = ViaductCli.Start(
            ["sh", "-c", $"umask {umask} && cp -r '{reference.Path}/images' '{reference.Path}/viaduct.yaml' . && exec \"$@\"", "sh"],
            folder,
            new Dictionary<string, string?> { ["DOTNET_PROCESSOR_COUNT"] = processors, ["LC_ALL"] = language, ["TZ"] = zone, ["HOME"] = folder.Path },
            "build", "--metadata", "built.json");
        (await command.EndAsync()).MustSucceed();

        using var built = JsonDocument.Parse(await File.ReadAllBytesAsync(folder.At("built.json")));
        Assert.Equal(await BuildAsync(reference), built.RootElement.GetProperty("images").EnumerateArray().ToDictionary(
            i => $"{i.GetProperty("name").GetString()} {i.GetProperty("platform").GetString()}", i => i.GetProperty("digest").GetString()!));
    }

    /// <summary>No base outside the set: nothing is asked of any registry.</summary>
    private static async Task<Dictionary<string, string>> BuildAsync(TemporaryFolder folder)
    {
        using var client = new RegistryClient(new RegistryOptions { Credentials = NoCredentials.Instance });
        await using var job = new Job(new JobOptions
        {
            Set = ImageSetReader.Read(folder.Path, new SetOverrides()),
            Prefix = "registry.example/team",
            IgnoreRegistry = true,
            StateFolder = folder.At(".viaduct"),
        }, client);
        await job.BuildAsync(default);
        return job.Built.ToDictionary(b => b.Id.ToString(), b => b.Image.Manifest.Digest.ToString());
    }

    private static async Task<Digest> BuildAppAsync(TemporaryFolder folder, int threads)
    {
        await using var spool = new BlobSpool(folder.At("spool"));
        return (await new EmbeddedBuilder().BuildAsync(new BuildRequest
        {
            Name = "app",
            Context = folder.At("images/app"),
            Dockerfile = folder.At("images/app/Dockerfile"),
            Platform = Platform.Parse("linux/amd64"),
            Bases = new NoBases(),
            Threads = threads,
        }, spool, default)).Manifest.Digest;
    }

    /// <summary>077: nothing for group and others; the executable bit of the owner stays.</summary>
    private static void AsUnderAnotherUmask(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        foreach (var file in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories))
            File.SetUnixFileMode(file, File.GetUnixFileMode(file) & (UnixFileMode)0b111_000_000);
    }

    private sealed class NoBases : IBaseImages
    {
        public Task<string> KeyAsync(string name, Platform platform, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<string>> OnBuildAsync(string name, Platform platform, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<BaseImage> OpenAsync(string name, Platform platform, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
