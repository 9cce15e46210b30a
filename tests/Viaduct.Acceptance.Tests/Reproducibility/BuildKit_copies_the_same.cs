using System.Formats.Tar;
using System.IO.Compression;
using Viaduct.Build;
using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Acceptance.Tests.Reproducibility;

/// <summary>Heredocs, <c>--exclude</c>, <c>--link</c> and ADD: the same files as BuildKit's. Its own stable frontend has no <c>--parents</c> yet.</summary>
public sealed class BuildKit_copies_the_same : IDisposable
{
    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly string _folder = Directory.CreateTempSubdirectory("viaduct-copies-").FullName;

    [Theory]
    [InlineData("COPY <<EOF /dst\n$Y '$Y' \"${Y}\" \\$Y \\n \\\\ \\\" ${N:-def}\ncont \\\nnext $ $(x)\nEOF")]
    [InlineData("COPY <<-\"EOF\" <<B a.txt /dir/\n\ttab $Y \\$\n\t\ttwo\n  \tmixed\n\tEOF\nbb \\$x\n\ttab\nB")]
    [InlineData("COPY --chmod=755 --chown=3 <<\"run.sh\" /bin/\n#!/bin/sh\nrun.sh")]
    [InlineData("COPY <<a.txt a.txt /col/\nheredoc\na.txt")]
    [InlineData("COPY <<EOF <<EOF /both/\n1\nEOF\n2\nEOF")]
    [InlineData("COPY <<E\"O\"F /q\n$Y\nEOF\nCOPY <<\\EOF /r\n$Y\nEOF\nADD <<EOF /s\nEOF")]
    [InlineData("COPY --exclude=*.txt --exclude=d --exclude=a* tree a* /x/")]
    [InlineData("COPY --exclude=b/c tree /x\nCOPY --exclude=./b/ tree /y\nCOPY --exclude=tree/b tree /z\nCOPY --exclude= tree /n")]
    [InlineData("COPY --exclude=**/*.txt --exclude=g.md tree/b /x/")]
    [InlineData("COPY --exclude=* --exclude=!b/g.md tree /x/")]
    [InlineData("COPY --link --chown=4:5 tree /x/y/")]
    [InlineData("ADD x.tar /x\nADD noname /y/\nADD --chown=9:10 x.tar /z\nADD --chmod=700 x.tar /w")]
    [InlineData("ADD plain.gz /x\nADD a.txt /y\nADD --unpack=false x.tar /z\nADD --exclude=sub x.tar /v")]
    [InlineData("ADD evil.tar /y")]
    [InlineData("COPY over /o\nADD over.tar /o")]
    [InlineData("ADD x.tar a.txt /mix/\nADD x.ta* /g")]
    public async Task Files(string instructions)
    {
        RealParts.NeedDocker();
        Fill();
        await CompareAsync(instructions);
    }

    [Theory]
    [InlineData("ADD --checksum=$S $U/f.txt?q=1 /one\nADD --checksum=$S --chmod=755 --chown=3:4 $U/f.txt /own/two\nADD --checksum=$S $U/sp%20ace /dir/\nADD --checksum=$S $U/ /dir/")]
    [InlineData("ADD --checksum=$T $U/t.tgz /packed/\nADD --checksum=$T --unpack=true $U/t.tgz /unpacked/")]
    public async Task Fetched_files(string instructions)
    {
        RealParts.NeedDocker();
        Fill();
        var archive = await File.ReadAllBytesAsync(Path.Combine(_folder, "noname"));
        using var server = new System.Net.HttpListener();
        var address = $"http://127.0.0.1:{Ports.Free()}";
        server.Prefixes.Add(address + "/");
        server.Start();
        var serving = ServeAsync(server, archive);
        await CompareAsync($"ARG S={Digest.Sha256("hi"u8)}\nARG T={Digest.Sha256(archive)}\nARG U={address}\n{instructions}");
        server.Close();
        await serving;
    }

    private static async Task ServeAsync(System.Net.HttpListener server, byte[] archive)
    {
        try
        {
            while (true)
            {
                var http = await server.GetContextAsync();
                http.Response.Close(http.Request.Url!.AbsolutePath == "/t.tgz" ? archive : "hi"u8.ToArray(), willBlock: true);
            }
        }
        catch (Exception e) when (e is System.Net.HttpListenerException or ObjectDisposedException)
        {
            // It was closed: the test is over.
        }
    }

    private async Task CompareAsync(string instructions)
    {
        File.WriteAllText(Path.Combine(_folder, "Dockerfile"), $"FROM scratch\nARG Y=yy\n{instructions}\n");
        var exported = Path.Combine(_folder, "..", Path.GetFileName(_folder) + ".tar");
        try
        {
            (await RealParts.DockerAsync("buildx", "build", "--no-cache", "--output", $"type=tar,dest={exported}", _folder)).MustSucceed();
            var theirs = new Blob(new Descriptor(MediaTypes.OciLayer, default, 0), _ => ValueTask.FromResult<Stream>(File.OpenRead(exported)));
            await using var spool = new BlobSpool(_folder + "/spool");
            var request = new BuildRequest { Name = "copies", Context = _folder, Dockerfile = Path.Combine(_folder, "Dockerfile"), Platform = Platform.Parse("linux/amd64"), Bases = new NoBases() };
            var ours = await new EmbeddedBuilder().BuildAsync(request, spool, CancellationToken.None);
            Assert.Equal(await LinesAsync([theirs]), await LinesAsync([.. ours.Blobs.Skip(1)]));
        }
        finally
        {
            File.Delete(exported);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<string> LinesAsync(IReadOnlyList<Blob> layers)
    {
        var files = await RootFileSystem.LoadAsync(layers, CancellationToken.None);
        return string.Join('\n', files.Walk("").OrderBy(f => f.Path, StringComparer.Ordinal)
            .Select(f => $"{f.Entry.Kind} {Convert.ToString(f.Entry.Mode, 8)} {f.Entry.Uid}:{f.Entry.Gid} {f.Path} {f.Entry.LinkTarget} {f.Content}"));
    }

    private void Fill()
    {
        if (OperatingSystem.IsWindows()) return;
        foreach (var path in (string[])["a.txt", "tree/b/c/f.txt", "tree/b/g.md", "d/h", "over/dir/in", "over/file"])
        {
            var full = Path.Combine(_folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, path);
            File.SetUnixFileMode(full, Plain);
        }
        File.CreateSymbolicLink(Path.Combine(_folder, "tree/link"), "b");
        File.CreateSymbolicLink(Path.Combine(_folder, "over/link"), "dir");
        foreach (var folder in Directory.EnumerateDirectories(_folder, "*", SearchOption.AllDirectories))
            if (new DirectoryInfo(folder).LinkTarget is null) File.SetUnixFileMode(folder, Plain | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        Archive("x.tar", Entry(TarEntryType.Directory, "./"), Entry(TarEntryType.Directory, "sub"), Entry(TarEntryType.RegularFile, "sub/m"), Entry(TarEntryType.HardLink, "hard", "sub/m"), Entry(TarEntryType.SymbolicLink, "abs", "/etc/x"));
        Archive("evil.tar", Entry(TarEntryType.SymbolicLink, "ev", "/etc"), Entry(TarEntryType.RegularFile, "ev/bad"));
        Archive("over.tar", Entry(TarEntryType.RegularFile, "dir"), Entry(TarEntryType.Directory, "file"), Entry(TarEntryType.RegularFile, "file/y"), Entry(TarEntryType.Directory, "link"), Entry(TarEntryType.RegularFile, "link/z"));
        Gzip("noname", File.ReadAllBytes(Path.Combine(_folder, "x.tar")));
        Gzip("plain.gz", "hello"u8.ToArray());
        foreach (var name in (string[])["x.tar", "noname", "plain.gz"]) File.SetUnixFileMode(Path.Combine(_folder, name), Plain);
    }

    private static PaxTarEntry Entry(TarEntryType type, string name, string? link = null)
    {
        var entry = new PaxTarEntry(type, name) { Uid = 5, Gid = 6, Mode = type == TarEntryType.Directory ? Plain | UnixFileMode.UserExecute : UnixFileMode.UserRead };
        if (link is not null) entry.LinkName = link;
        if (type == TarEntryType.RegularFile) entry.DataStream = new MemoryStream("data"u8.ToArray());
        return entry;
    }

    private void Archive(string name, params PaxTarEntry[] entries)
    {
        using var writer = new System.Formats.Tar.TarWriter(File.Create(Path.Combine(_folder, name)));
        foreach (var entry in entries) writer.WriteEntry(entry);
    }

    private void Gzip(string name, byte[] bytes)
    {
        using var gzip = new GZipStream(File.Create(Path.Combine(_folder, name)), CompressionLevel.Fastest);
        gzip.Write(bytes);
    }

    private sealed class NoBases : IBaseImages
    {
        public Task<string> KeyAsync(string name, Platform platform, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<string>> OnBuildAsync(string name, Platform platform, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<BaseImage> OpenAsync(string name, Platform platform, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
