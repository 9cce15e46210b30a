using System.Text;
using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Build.Tests;

/// <summary>A context in a temporary folder, and what a build of it makes.</summary>
public sealed class Workspace : IDisposable, IAsyncDisposable
{
    private readonly BlobSpool _spool;

    public Workspace()
    {
        Root = Directory.CreateTempSubdirectory("viaduct-build-").FullName;
        _spool = new BlobSpool(Path.Combine(Path.GetTempPath(), "viaduct-build-spool"));
    }

    public string Root { get; }

    public FakeBases Bases { get; } = new();

    public EmbeddedBuilder Builder { get; } = new();

    public Dictionary<string, string> Args { get; } = [];

    public Dictionary<string, string> Labels { get; } = [];

    public AttestationKinds Attest { get; set; }

    public string Dockerfile => Path.Combine(Root, "Dockerfile");

    public Workspace File(string path, string text = "", bool executable = false)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        Overwrite(full, Encoding.UTF8.GetBytes(text));
        if (executable) System.IO.File.SetUnixFileMode(full, System.IO.File.GetUnixFileMode(full) | UnixFileMode.UserExecute);
        return this;
    }

    /// <summary>
    /// Writes a file without making it empty first: ext4 takes what is written after that for a replacement and sends it to the disk at once
    /// (auto_da_alloc), and a test that writes one file a hundred thousand times waits for the disk.
    /// </summary>
    public static void Overwrite(string path, byte[] bytes)
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        file.Write(bytes);
        file.SetLength(bytes.Length);
    }

    public Workspace Link(string path, string target)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        System.IO.File.CreateSymbolicLink(full, target);
        return this;
    }

    public BuildRequest Request(string? dockerfile = null, string platform = "linux/amd64", string? target = null, long epoch = 0, int threads = 1)
    {
        if (dockerfile is not null) File("Dockerfile", dockerfile);
        return new BuildRequest
        {
            Name = "test", Context = Root, Dockerfile = Dockerfile, Platform = Platform.Parse(platform), Bases = Bases,
            Args = Args, Labels = Labels, Target = target, Epoch = epoch, Threads = threads, Attest = Attest,
        };
    }

    public Task<BuiltImage> BuildAsync(string dockerfile, string platform = "linux/amd64", string? target = null, long epoch = 0, int threads = 1) =>
        Builder.BuildAsync(Request(dockerfile, platform, target, epoch, threads), _spool, CancellationToken.None);

    public Task<Digest> KeyAsync(string dockerfile, string platform = "linux/amd64", long epoch = 0) =>
        Builder.KeyAsync(Request(dockerfile, platform, epoch: epoch), CancellationToken.None);

    public async Task<ViaductException> FailureAsync(string dockerfile, string? target = null) =>
        await Assert.ThrowsAsync<ViaductException>(() => BuildAsync(dockerfile, target: target));

    /// <summary>The entries of each layer: <c>mode uid:gid path[ -> target | = content]</c>, folders with a slash behind.</summary>
    public static async Task<List<List<string>>> LayersAsync(BuiltImage image)
    {
        var layers = new List<List<string>>();
        foreach (var blob in image.Blobs.Skip(1))
        {
            var lines = new List<string>();
            await foreach (var (entry, content) in LayerReader.ReadAsync(blob, CancellationToken.None))
            {
                var text = $"{Convert.ToString(entry.Mode, 8)} {entry.Uid}:{entry.Gid} {entry.Path}";
                lines.Add(entry.Kind switch
                {
                    TarEntryKind.Directory => text + "/",
                    TarEntryKind.SymbolicLink => $"{text} -> {entry.LinkTarget}",
                    _ => $"{text} = {await new StreamReader(content).ReadToEndAsync()}",
                });
            }
            layers.Add(lines);
        }
        return layers;
    }

    /// <summary>Builds and answers the lines of all layers, one after the other, with a rule between two.</summary>
    public async Task<string> FilesAsync(string dockerfile, string? target = null) =>
        string.Join("\n--\n", (await LayersAsync(await BuildAsync(dockerfile, target: target))).Select(l => string.Join('\n', l)));

    public void Dispose()
    {
        _spool.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Directory.Delete(Root, recursive: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _spool.DisposeAsync();
        Directory.Delete(Root, recursive: true);
    }
}
