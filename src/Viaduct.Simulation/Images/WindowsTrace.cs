using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Simulation;

/// <summary>
/// Finds what an image for Windows starts, as CreateProcess does (Win32, "CreateProcessW", lpCommandLine) with cmd's extensions besides.
/// The drive C: is the folder Files of the layers (image-spec layer.md); names have no case.
/// </summary>
/// <param name="examined">Takes the real paths of all that is looked at.</param>
internal sealed class WindowsTrace(LayerTree root, ContainerConfig container, ISet<string> examined)
{
    /// <summary>kubelet's words for what containerd's Windows shim reports.</summary>
    private const string NeverStarts = "kubelet reports RunContainerError, then CrashLoopBackOff";

    /// <summary>More than any Path names; each costs a look for every extension.</summary>
    private const int MaxFolders = 1000;

    private static readonly string[] Extensions = [".exe", ".com", ".bat", ".cmd"];
    private static readonly string[] SystemFolders = [@"C:\Windows\System32", @"C:\Windows"];

    /// <param name="word">The first word of the command line, or with ArgsEscaped all of it.</param>
    /// <exception cref="UndecidedException">Path has too many folders.</exception>
    public StartedProgram Follow(string word)
    {
        var name = (container.ArgsEscaped ? FirstOf(word) : word).Replace('/', '\\');
        foreach (var path in Candidates(name))
        {
            var file = Find(path);
            if (file?.Entry.Kind == TarEntryKind.File) return new StartedProgram(path, Examine(path, file), []);
            // Junctions lead to drives and devices as Windows names them; what is behind one may come before all that is found later.
            if (file?.Entry.Kind == TarEntryKind.SymbolicLink) return Unknown(name, $"its {Absolute(path)} leads through the link {file.Path}, which is not followed");
        }
        // Where a program is looked for stands in the registry of the image too, which is not read.
        return IsBare(name)
            ? Unknown(name, $"its '{name}' is in no folder of the Path that its config names; the one of its Windows registry is not looked into")
            : new StartedProgram(name, [], [new(FindingKinds.ProgramMissing, Verdict.Failure, $"its {Absolute(name)} is missing: {NeverStarts}")]);
    }

    private static StartedProgram Unknown(string name, string clause) => new(name, [], [new(FindingKinds.NotLookedInto, Verdict.Unknown, clause)]);

    /// <summary>A batch file is cmd's; what is no program by its name is not looked at.</summary>
    private List<ExaminedFile> Examine(string path, FileNode file)
    {
        if (file.Seen is not BinaryFormat format || path.EndsWith(".bat", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".cmd", StringComparison.OrdinalIgnoreCase))
            return [];
        examined.Add(file.Path);
        return [new ExaminedFile(path, format)];
    }

    private IEnumerable<string> Candidates(string name) =>
        from folder in Folders(name)
        let path = Join(folder, name)
        from candidate in HasExtension(name) ? [path] : Extensions.Select(e => path + e).Append(path)
        select candidate;

    private IEnumerable<string> Folders(string name) =>
        !IsBare(name) ? [""] : new[] { WorkingFolder }.Concat(SystemFolders).Concat(SearchPath).Distinct(StringComparer.OrdinalIgnoreCase)
            .Select((folder, i) => i < MaxFolders ? folder : throw new UndecidedException($"its Path has more than {MaxFolders} folders"));

    private IEnumerable<string> SearchPath => Variable.Select(f => f.Trim().Trim('"')).Where(f => f.Length > 0);

    private IEnumerable<string> Variable =>
        container.Env.LastOrDefault(e => e.StartsWith("PATH=", StringComparison.OrdinalIgnoreCase))?["PATH=".Length..].Split(';') ?? [];

    private string WorkingFolder => container.WorkingDir is { Length: > 0 } folder ? folder.Replace('/', '\\') : @"C:\";

    private FileNode? Find(string path) => InFiles(path) is { } inside ? root.FindAnyCase(inside) : null;

    /// <summary><c>C:\x\..\y</c> as <c>Files/y</c>; null on another drive, which an image has not.</summary>
    private string? InFiles(string path)
    {
        path = Absolute(path);
        if (!path.StartsWith("C:", StringComparison.OrdinalIgnoreCase)) return null;
        var names = new List<string> { "Files" };
        foreach (var name in path[2..].Split('\\'))
        {
            if (name == ".." && names.Count > 1) names.RemoveAt(names.Count - 1);
            else if (name is not ("" or "." or "..")) names.Add(name);
        }
        return string.Join('/', names);
    }

    private string Absolute(string path) =>
        HasDrive(path) ? path
        : path.StartsWith('\\') ? "C:" + path
        : Join(HasDrive(WorkingFolder) ? WorkingFolder : @"C:\" + WorkingFolder, path);

    private static bool HasDrive(string path) => path is [_, ':', ..];

    private static bool IsBare(string name) => !name.Contains('\\') && !HasDrive(name);

    private static bool HasExtension(string name) => name.LastIndexOf('.') > name.LastIndexOf('\\');

    private static string Join(string folder, string name) => folder.Length == 0 ? name : folder.TrimEnd('\\') + '\\' + name;

    /// <summary>Docker writes a shell-form line of Windows as one word, quotes and all (ArgsEscaped).</summary>
    private static string FirstOf(string line)
    {
        line = line.TrimStart();
        if (line.StartsWith('"')) return line[1..].Split('"')[0];
        return line.Split([' ', '\t'])[0];
    }
}
