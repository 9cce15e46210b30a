using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Simulation;

/// <summary>Finds programs as runc does: names with a slash from the working directory, bare names along PATH (Go os/exec, LookPath).</summary>
internal sealed class ProgramSearch(LayerTree root, ContainerConfig container)
{
    /// <summary>What containerd sets where an image has no PATH (containerd pkg/oci/spec_opts.go, defaultUnixEnv).</summary>
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>The last PATH counts, as when each variable is set in turn.</summary>
    public string SearchPath { get; } =
        container.Env.LastOrDefault(e => e.StartsWith("PATH=", StringComparison.Ordinal))?["PATH=".Length..] is { Length: > 0 } path ? path : DefaultPath;

    public static bool IsBare(string name) => !name.Contains('/');

    /// <summary>The first program of that name along PATH; directories and files that nobody may execute are passed over.</summary>
    public string? Look(string name) =>
        SearchPath.Split(':').Where(d => d.StartsWith('/')).Select(d => Join(d, name)).FirstOrDefault(IsProgram);

    public string Absolute(string path) =>
        path.StartsWith('/') ? path : Join(container.WorkingDir is ['/', ..] directory ? directory : "/" + container.WorkingDir, path);

    /// <summary>The file at an absolute path, symbolic links followed.</summary>
    public FileNode? File(string path) => root.Resolve(path);

    public static bool IsFile(FileNode node) => node.Entry.Kind == TarEntryKind.File;

    public static bool MayBeExecuted(FileNode node) => (node.Entry.Mode & 0b001_001_001) != 0;

    /// <summary>Where a link leads that leads nowhere; null when the path itself is not there.</summary>
    public string? BrokenLink(string path) => root.Find(path) is { Entry: { Kind: TarEntryKind.SymbolicLink, LinkTarget: { } target } } ? target : null;

    /// <summary>What was seen of a file that may be executed.</summary>
    public static BinaryFormat Format(FileNode file) => (BinaryFormat)file.Seen!;

    private bool IsProgram(string path) => File(path) is { } node && IsFile(node) && MayBeExecuted(node);

    private static string Join(string directory, string name) => directory.TrimEnd('/') + "/" + name;
}
