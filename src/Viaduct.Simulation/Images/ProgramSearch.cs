using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Simulation;

/// <summary>Finds programs as runc does: names with a slash from the working directory, bare names along PATH (Go os/exec, LookPath).</summary>
internal sealed class ProgramSearch(LayerTree root, ContainerConfig container)
{
    /// <summary>What containerd sets where an image has no PATH (containerd pkg/oci/spec_opts.go, defaultUnixEnv).</summary>
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>More than any image names; of each, thousands of names may have to be walked through.</summary>
    private const int MaxFolders = 1000;

    /// <summary>What the runtime mounts over whatever an image has there (OCI runtime-spec config-linux.md, "Default Filesystems").</summary>
    private static readonly string[] Mounted = ["proc", "sys", "dev"];

    /// <summary>The last PATH counts, as when each variable is set in turn.</summary>
    public string SearchPath { get; } =
        container.Env.LastOrDefault(e => e.StartsWith("PATH=", StringComparison.Ordinal))?["PATH=".Length..] is { Length: > 0 } path ? path : DefaultPath;

    public static bool IsBare(string name) => !name.Contains('/');

    /// <summary>The first program of that name along PATH; directories and files that nobody may execute are passed over.</summary>
    /// <exception cref="UndecidedException">PATH has too many folders.</exception>
    public string? Look(string name)
    {
        var folders = SearchPath.Split(':').Where(d => d.StartsWith('/')).Distinct(StringComparer.Ordinal).Take(MaxFolders + 1).ToList();
        if (folders.Take(MaxFolders).Select(d => Join(d, name)).FirstOrDefault(IsProgram) is { } found) return found;
        return folders.Count <= MaxFolders ? null : throw new UndecidedException($"its PATH has more than {MaxFolders} folders");
    }

    public string Absolute(string path) =>
        path.StartsWith('/') ? path : Join(container.WorkingDir is ['/', ..] directory ? directory : "/" + container.WorkingDir, path);

    /// <summary>The file at an absolute path, symbolic links followed.</summary>
    public FileNode? File(string path) => root.Resolve(path);

    /// <summary>Whether a path leads to what the container has and the image has not, such as <c>/proc/self/exe</c>.</summary>
    public bool IsMounted(string path) => Mounted.Contains(root.RealPath(path).Split('/', 2)[0]);

    public static bool IsFile(FileNode node) => node.Entry.Kind == TarEntryKind.File;

    public static bool MayBeExecuted(FileNode node) => (node.Entry.Mode & 0b001_001_001) != 0;

    /// <summary>Where a link leads that leads nowhere; null when the path itself is not there.</summary>
    public string? BrokenLink(string path) => root.Find(path) is { Entry: { Kind: TarEntryKind.SymbolicLink, LinkTarget: { } target } } ? target : null;

    /// <summary>What was seen of a file that may be executed.</summary>
    public static BinaryFormat Format(FileNode file) => (BinaryFormat)file.Seen!;

    private bool IsProgram(string path) => File(path) is { } node && IsFile(node) && MayBeExecuted(node);

    private static string Join(string directory, string name) => directory.TrimEnd('/') + "/" + name;
}
