using System.Formats.Tar;
using System.IO.Compression;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Failures;

/// <summary>A file of 8 GiB, a hundred thousand files, and files that are none: what is right comes out, and little memory is needed for it.</summary>
public sealed class Contexts_without_measure
{
    private const string Folder = "images/app/";

    [Fact]
    public async Task Eight_gibibytes_of_nothing_become_a_small_layer()
    {
        RealParts.NeedLinux();
        // One byte more than the size field of a tar's header can say (POSIX pax, ustar: eleven octal digits).
        const long Length = 8L << 30;
        using var folder = new TemporaryFolder().WithApp("FROM scratch\nCOPY sparse /sparse\n", "linux/amd64").With(Folder + "sparse", "");
        using (var file = File.OpenWrite(folder.At(Folder + "sparse"))) file.SetLength(Length);

        var peak = await BuildAsync(folder);
        Assert.InRange(peak, 1, 150);

        var (layer, diffId) = Layer(folder);
        Assert.InRange(new FileInfo(layer).Length, 1, 16 << 20);
        var (entries, zeros, found) = await ReadAsync(layer);
        Assert.Equal(["sparse"], entries);
        Assert.Equal(Length, zeros);
        Assert.Equal(diffId, found);
    }

    [Fact]
    public async Task A_hundred_thousand_tiny_files_are_all_there()
    {
        RealParts.NeedLinux();
        using var folder = new TemporaryFolder().WithApp("FROM scratch\nCOPY d /d\n", "linux/amd64");
        for (var i = 0; i < 100; i++)
        {
            var path = Directory.CreateDirectory(folder.At($"{Folder}d/{i:00}")).FullName;
            for (var j = 0; j < 1_000; j++) File.WriteAllBytes($"{path}/{j:000}", "tiny"u8);
        }

        var peak = await BuildAsync(folder);
        Assert.InRange(peak, 1, 300);

        var (layer, diffId) = Layer(folder);
        var (entries, _, found) = await ReadAsync(layer);
        Assert.Equal(Enumerable.Range(0, 100).SelectMany(i => (IEnumerable<string>)[$"d/{i:00}/", .. Enumerable.Range(0, 1_000).Select(j => $"d/{i:00}/{j:000}")]).Prepend("d/"), entries);
        Assert.Equal(diffId, found);
    }

    [Theory]
    [InlineData("socket")]
    [InlineData("pipe")]
    [InlineData("device")]
    public async Task What_is_no_file_fails_only_when_it_is_copied(string kind)
    {
        RealParts.NeedLinux();
        using var folder = new TemporaryFolder().WithApp("FROM scratch\nCOPY file /file\n", "linux/amd64").With(Folder + "file", "content");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var path = folder.At(Folder + "special");
        if (kind == "socket") socket.Bind(new UnixDomainSocketEndPoint(path));
        else if (kind == "pipe") (await Command.RunAsync("mkfifo", path)).MustSucceed();
        else Assert.SkipUnless((await Command.RunAsync("mknod", path, "c", "1", "5")).Exit == 0, "a device is made by root alone, and not in every container");

        await BuildAsync(folder);
        Assert.Equal(["file"], (await ReadAsync(Layer(folder).Path)).Entries);

        foreach (var source in (string[])["special", ".", "spec*"])
        {
            folder.With(Folder + "Dockerfile", $"FROM scratch\nCOPY {source} /x/\n");
            FailureAssert.IsClear(await ViaductCli.RunAsync(folder, "build"), "VIA2125", ExitCode.Failed, "special");
        }
    }

    /// <summary>The peak in MiB.</summary>
    private static async Task<long> BuildAsync(TemporaryFolder folder)
    {
        var (outcome, peak) = await MeasuredCommand.RunAsync(folder, "build", "--output", "out");
        outcome.MustSucceed();
        TestContext.Current.TestOutputHelper?.WriteLine($"VmHWM {peak} MiB");
        return peak;
    }

    /// <summary>The only layer of what was built, and its diff id.</summary>
    private static (string Path, string DiffId) Layer(TemporaryFolder folder)
    {
        string Blob(JsonElement descriptor) => folder.At("out/blobs/sha256/" + descriptor.GetProperty("digest").GetString()!["sha256:".Length..]);
        using var index = JsonDocument.Parse(File.ReadAllBytes(folder.At("out/index.json")));
        var image = index.RootElement.GetProperty("manifests").EnumerateArray().Single(m => m.GetProperty("mediaType").GetString() == MediaTypes.OciManifest);
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Blob(image)));
        using var config = JsonDocument.Parse(File.ReadAllBytes(Blob(manifest.RootElement.GetProperty("config"))));
        return (Blob(Assert.Single(manifest.RootElement.GetProperty("layers").EnumerateArray())),
            Assert.Single(config.RootElement.GetProperty("rootfs").GetProperty("diff_ids").EnumerateArray()).GetString()!);
    }

    /// <summary>Reads with the runtime's own gzip, SHA-256 and tar, in one stream: names, how many bytes of content are zero, and the archive's digest.</summary>
    private static async Task<(List<string> Entries, long Zeros, string Digest)> ReadAsync(string layer)
    {
        using var hash = SHA256.Create();
        await using var gzip = new GZipStream(File.OpenRead(layer), CompressionMode.Decompress);
        await using var plain = new CryptoStream(gzip, hash, CryptoStreamMode.Read);
        var (entries, zeros, buffer) = (new List<string>(), 0L, new byte[1 << 17]);
        await using (var tar = new TarReader(plain, leaveOpen: true))
            while (await tar.GetNextEntryAsync() is { } entry)
            {
                entries.Add(entry.Name);
                if (entry.DataStream is not { } content) continue;
                while (await content.ReadAsync(buffer) is > 0 and var count)
                    zeros += buffer.AsSpan(0, count).ContainsAnyExcept((byte)0) ? 0 : count;
            }
        while (await plain.ReadAsync(buffer) > 0)
        {
        }
        return (entries, zeros, "sha256:" + Convert.ToHexStringLower(hash.Hash!));
    }
}
