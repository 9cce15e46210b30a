using Viaduct.Benchmarks.Measuring;
using Viaduct.Benchmarks.Peers;
using Viaduct.Configuration;

namespace Viaduct.Benchmarks.Cases;

/// <summary>A large tree becomes one layer. Nothing is pushed.</summary>
internal sealed class LayersCase
{
    private const string Viaduct = "viaduct build --output";
    private const string Buildx = "docker buildx build --output type=oci";
    private const string Gzip = "tar, gzip -6";
    private const string Pigz = "tar, pigz -6 -p 2";

    private readonly Toolbox _tools;
    private readonly string _set;
    private readonly string _context;
    private readonly string _output;
    private readonly long _length;

    private LayersCase(Toolbox tools, int mebibytes)
    {
        _tools = tools;
        (_set, _output) = (tools.Folder("layers"), tools.Folder("layers-output"));
        _context = Directory.CreateDirectory(Path.Combine(_set, "images", "tree")).FullName;
        File.WriteAllText(Path.Combine(_set, ImageSetReader.FileName), "images: images\n");
        File.WriteAllText(Path.Combine(_context, "image.yaml"), "tags: [\"1\"]\nplatforms: [linux/amd64]\n");
        File.WriteAllText(Path.Combine(_context, "Dockerfile"), "FROM scratch\nCOPY tree /tree\n");
        _length = RealTree.Make(tools, Directory.CreateDirectory(Path.Combine(_context, "tree")).FullName, (long)mebibytes << 20);
    }

    public static Contest Make(Toolbox tools, int mebibytes) => new LayersCase(tools, mebibytes).Contest();

    private Contest Contest() => new(
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"A layer of {_length >> 20} MiB"),
        "Files of a Debian's /usr, picked by a hash of their paths, in a folder in memory; on two processors. viaduct and buildx write an OCI image, which takes SHA-256 of the layer packed and unpacked beside the compression; the pipes write a file and hash nothing. `daemons' cpu` is what dockerd and containerd burned until buildx ended.",
        Viaduct,
        [
            new Contestant(Viaduct, _ => Fresh(_tools.Viaduct.With("build", "--output", Target("layout"), "-C", _set))) { Output = () => Size(Target("layout")) },
            Docker(),
            Pipe(Gzip, new Peer(["gzip"], "gzip"), "-6"),
            _tools.Pigz is { } pigz ? Pipe(Pigz, pigz, "-6", "-p", "2") : Contestant.Absent(Pigz, "not found"),
        ],
        [new Goal(Pigz, 1)])
    {
        InputBytes = _length,
        Limits =
        [
            new Limit($"output of `{Viaduct}` / output of `{Pigz}`", 1.03, of => (double?)of(Viaduct).OutputBytes / of(Pigz).OutputBytes ?? double.NaN),
            new Limit($"peak memory of `{Viaduct}` in MiB", 150, of => of(Viaduct).PeakBytes / (double)(1 << 20)),
        ],
    };

    private Contestant Docker() => JobTools.WhyNoBuildx(_tools) is { } why
        ? Contestant.Absent(Buildx, why)
        : new Contestant(Buildx, _ => Fresh(_tools.Docker!.With("buildx", "build", "--quiet", "--provenance=false", "--no-cache", "--output", $"type=oci,dest={Target("oci.tar")}", _context)))
        {
            Daemons = _tools.Daemons,
            Output = () => Size(Target("oci.tar")),
        };

    private Contestant Pipe(string name, Peer compressor, params string[] options) => new(name, _ => Fresh(new Command(
    [
        "/bin/sh", "-c", "tree=$1 target=$2; shift 2; tar -C \"$tree\" -cf - tree | \"$@\" >\"$target\"", "sh", _context, Target("tar.gz"), .. compressor.With(options).Words,
    ])))
    { Output = () => Size(Target("tar.gz")) };

    /// <summary>Nobody has done any of it before, and more processors than two are not used. dockerd cannot be told so.</summary>
    private Task<IReadOnlyList<Command>> Fresh(Command command)
    {
        foreach (var file in Directory.EnumerateFiles(_output)) File.Delete(file);
        foreach (var folder in Directory.EnumerateDirectories(_output).Append(Path.Combine(_set, ".viaduct")).Where(Directory.Exists)) Directory.Delete(folder, recursive: true);
        return Task.FromResult<IReadOnlyList<Command>>([Environment.ProcessorCount > 2 ? new Command(["taskset", "-c", "0,1", .. command.Words]) : command]);
    }

    private string Target(string name) => Path.Combine(_output, name);

    private static long Size(string path) =>
        File.Exists(path) ? new FileInfo(path).Length : new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);
}
