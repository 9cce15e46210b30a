using System.Formats.Tar;
using System.IO.Compression;
using Viaduct.Build;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;

namespace Viaduct.Acceptance.Tests.Corpus;

/// <summary>The context that all Dockerfiles of the corpus share, and the one image that stands for every base that they name.</summary>
internal sealed class CorpusContext : IBaseImages, IDisposable
{
    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Run = Plain | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private const string BaseDockerfile = """
        FROM scratch
        COPY etc /etc
        COPY usr /usr
        ENV PATH=/usr/sbin:/usr/bin BASE_VERSION=3.22
        LABEL base=yes
        CMD ["sh"]
        """;

    private readonly TemporaryFolder _folder = new();
    private OciLayout? _layout;
    private ImageIndex? _index;

    public string Context => _folder.At("context");

    public string Layout => _folder.At("layout");

    public string At(string name) => _folder.At(name);

    public static async Task<CorpusContext> CreateAsync()
    {
        var context = new CorpusContext();
        context.Fill();
        await context.MakeBaseAsync();
        return context;
    }

    public async Task<BaseImage> OpenAsync(string name, Platform platform, CancellationToken cancellationToken)
    {
        var entry = _index!.Manifests.First(e => e.Platform is { } p && p.Normalized().Architecture == platform.Normalized().Architecture);
        var manifest = (await _layout!.FindManifestAsync(entry.Digest.ToString(), cancellationToken))!;
        var config = manifest.AsImage().Config;
        return new BaseImage(manifest, await _layout.ReadConfigAsync(config, cancellationToken), _layout, null);
    }

    public Task<string> KeyAsync(string name, Platform platform, CancellationToken cancellationToken) => Task.FromResult($"{name} {platform}");

    public Task<IReadOnlyList<string>> OnBuildAsync(string name, Platform platform, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

    public void Dispose() => _folder.Dispose();

    private void Fill()
    {
        if (OperatingSystem.IsWindows()) return;
        foreach (var path in (string[])
        [
            "a.txt", "b.txt", "package.json", "package-lock.json", "nginx.conf", "go.mod", "go.sum", "src/index.js", "src/lib/util.js", "public/index.html",
            "public/css/site.css", "certs/ca-certificates.crt", "logs/debug.log", "logs/keep.log", "node_modules/x/index.js", "dir with spaces/my file.txt", "docs/readme.md",
        ]) Write("context/" + path, path + "\n", Plain);
        foreach (var path in (string[])["docker-entrypoint.sh", "bin/app-amd64", "bin/app-arm64"]) Write("context/" + path, "#!/bin/sh\nexec \"$@\"\n", Run);
        const string passwd = "root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\napp:x:10001:10001::/:/bin/sh\n";
        foreach (var root in (string[])["context", "base"])
        {
            Write(root + "/etc/passwd", passwd, Plain);
            Write(root + "/etc/group", "root:x:0:\nnode:x:1000:\napp:x:10001:\nstaff:x:50:\n", Plain);
        }
        Write("context/.dockerignore", "# left out\nlogs/*\n!logs/keep.log\n**/node_modules\n", Plain);
        Write("base/usr/lib/libc.so", "c", Plain);
        Write("base/usr/bin/sh", "sh", Run);
        Write("base/Dockerfile", BaseDockerfile, Plain);
        foreach (var folder in Directory.EnumerateDirectories(_folder.Path, "*", SearchOption.AllDirectories)) File.SetUnixFileMode(folder, Run);
        Archives();
    }

    private void Archives()
    {
        if (OperatingSystem.IsWindows()) return;
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            foreach (var (type, name, link) in (ReadOnlySpan<(TarEntryType, string, string?)>)
                [(TarEntryType.Directory, "app/", null), (TarEntryType.RegularFile, "app/server", null), (TarEntryType.SymbolicLink, "app/current", "server"), (TarEntryType.RegularFile, "readme", null)])
            {
                var entry = new PaxTarEntry(type, name) { Uid = 5, Gid = 6, Mode = type == TarEntryType.RegularFile ? Plain : Run };
                if (link is not null) entry.LinkName = link;
                if (type == TarEntryType.RegularFile) entry.DataStream = new MemoryStream("content"u8.ToArray());
                writer.WriteEntry(entry);
            }
        }
        File.WriteAllBytes(_folder.At("context/archive.tar"), tar.ToArray());
        using (var gzip = new GZipStream(File.Create(_folder.At("context/archive.tar.gz")), CompressionLevel.Fastest)) gzip.Write(tar.ToArray());
        foreach (var name in (string[])["archive.tar", "archive.tar.gz"]) File.SetUnixFileMode(_folder.At("context/" + name), Plain);
    }

    private void Write(string path, string content, UnixFileMode mode)
    {
        _folder.With(path, content);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder.At(path), mode);
    }

    /// <summary>Made by BuildKit, and read by both from one layout: no image store is touched.</summary>
    private async Task MakeBaseAsync()
    {
        (await RealParts.DockerAsync("buildx", "build", "--platform", "linux/amd64,linux/arm64", "--provenance=false", "--output", $"type=oci,dest={At("layout.tar")}", At("base"))).MustSucceed();
        Directory.CreateDirectory(Layout);
        await TarFile.ExtractToDirectoryAsync(At("layout.tar"), Layout, overwriteFiles: false);
        _layout = await OciLayout.OpenAsync(Layout, default);
        var outer = Assert.Single(await _layout.ListAsync(default));
        _index = (await _layout.FindManifestAsync(outer.Digest.ToString(), default))!.AsIndex();
    }
}
