using Viaduct.Benchmarks.Measuring;

namespace Viaduct.Benchmarks.Peers;

/// <summary>
/// The programs that take part. A program of the root in VIADUCT_TEST_ROOT comes before one on PATH; where it runs outside of its root
/// it is started directly, because chroot is a process more.
/// </summary>
internal sealed class Toolbox : IDisposable
{
    private readonly string _folder;
    private readonly string? _root = Environment.GetEnvironmentVariable("VIADUCT_TEST_ROOT") is { Length: > 0 } root ? root : null;

    public Toolbox(Settings settings)
    {
        Viaduct = settings.Viaduct is { } file
            ? new Peer([Path.GetFullPath(file)], file)
            : throw new BenchmarkException("Name the native binary by --viaduct or VIADUCT_TEST_NATIVE; it is made by: dotnet publish src/Viaduct.Cli -c Release -r linux-x64 -p:PublishAot=true -o DIR");
        // Disks are not what is measured.
        _folder = Directory.CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"viaduct-benchmarks-{Environment.ProcessId}")).FullName;
        var docker = Folder("docker");
        // buildah insists on the file where there is a folder.
        File.WriteAllText(Path.Combine(docker, "config.json"), "{}");
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin",
            ["HOME"] = Folder("home"),
            ["DOCKER_CONFIG"] = docker,
            // Of viaduct manifest; docker itself has not asked for it since 20.10.
            ["DOCKER_CLI_EXPERIMENTAL"] = "enabled",
        };
        if (Environment.GetEnvironmentVariable("VIADUCT_TEST_DOCKER") is { Length: > 0 } engine) environment["DOCKER_HOST"] = Engine = engine;
        Spawner = new Spawner(environment, _folder);

        Crane = Find("crane", "version");
        Oras = Find("oras", "version");
        Skopeo = Find("skopeo", "--version");
        Docker = Find("docker", "--version");
        if (_root is not null && Path.Combine(_root, "usr/libexec/docker/cli-plugins") is { } plugins && Directory.Exists(plugins))
            File.CreateSymbolicLink(Path.Combine(docker, "cli-plugins"), plugins);
        Buildx = Docker is not null && Succeeds(Docker.With("buildx", "version")) ? Spawner.LastOutput : null;
        DistributionRegistry = OnPath("docker-registry");
        Buildah = Find("buildah", "--version");
        Pigz = Find("pigz", "--version");
        if (Engine?.StartsWith("unix://", StringComparison.Ordinal) == true)
            Daemons = Daemons.Of(Environment.GetEnvironmentVariable("VIADUCT_TEST_CONTAINERD") is { Length: > 0 } containerd ? [Engine, containerd] : [Engine]);
    }

    public Spawner Spawner { get; }

    public Peer Viaduct { get; }

    public Peer? Crane { get; }

    public Peer? Oras { get; }

    public Peer? Skopeo { get; }

    public Peer? Docker { get; }

    /// <summary>What docker buildx says of itself; null when docker does not have it.</summary>
    public string? Buildx { get; }

    /// <summary>The address of dockerd; null when none was named.</summary>
    public string? Engine { get; }

    /// <summary>The dockerd at <see cref="Engine"/> and the containerd of VIADUCT_TEST_CONTAINERD; null when dockerd is not on a socket of this machine.</summary>
    public Daemons? Daemons { get; }

    /// <summary>The Debian in a folder that the peers come from; null when there is none.</summary>
    public string? Root => _root;

    public string? DistributionRegistry { get; }

    public Peer? Buildah { get; }

    public Peer? Pigz { get; }

    /// <summary>A folder that lives as long as this.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    /// <summary>Who takes part and where it was found.</summary>
    public IEnumerable<string> Describe()
    {
        foreach (var (name, peer) in new[] { ("viaduct", Viaduct), ("crane", Crane), ("oras", Oras), ("skopeo", Skopeo), ("docker", Docker), ("buildah", Buildah), ("pigz", Pigz) })
            yield return $"{name}: {peer?.Where ?? "missing"}";
        yield return $"docker buildx: {Buildx ?? "missing"}";
        yield return $"dockerd: {(Engine is null ? "missing: name it by VIADUCT_TEST_DOCKER" : "named by VIADUCT_TEST_DOCKER")}";
        yield return $"docker-registry: {DistributionRegistry ?? "missing"}";
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Peer? Find(string name, string version)
    {
        if (_root is not null && Path.Combine(_root, "usr/bin", name) is { } file && File.Exists(file))
        {
            var direct = new Peer([file], $"$VIADUCT_TEST_ROOT/usr/bin/{name}, started directly");
            if (Succeeds(direct.With(version))) return Named(direct);
            var inside = new Peer(["chroot", _root, name], $"{name} by chroot in $VIADUCT_TEST_ROOT (about 1 ms more)");
            if (Succeeds(inside.With(version))) return Named(inside);
        }
        return OnPath(name) is { } found && new Peer([found], found) is var peer && Succeeds(peer.With(version)) ? Named(peer) : null;
    }

    /// <summary>With the first line of what it just said of itself.</summary>
    private Peer Named(Peer peer) => peer with { Where = $"{Spawner.LastOutput.Split('\n')[0]} ({peer.Where})" };

    private bool Succeeds(Command command)
    {
        try
        {
            Spawner.Run(command);
            return true;
        }
        catch (BenchmarkException)
        {
            return false;
        }
    }

    private static string? OnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(d => Path.Combine(d, name)).FirstOrDefault(File.Exists);
}
