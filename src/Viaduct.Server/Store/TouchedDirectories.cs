namespace Viaduct.Server;

/// <summary>The directories that have to be on the disk before a batch of changes may be answered.</summary>
/// <param name="root">The store's own folder.</param>
/// <param name="durable">Directories whose names this process has seen on the disk.</param>
internal sealed class TouchedDirectories(string root, IReadOnlySet<string> durable)
{
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Paths => _paths;

    /// <summary>An empty file, if there is none.</summary>
    public void Mark(string path)
    {
        if (File.Exists(path)) Rely(path);
        else InDirectory(path, () => File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write).Dispose());
    }

    /// <summary>Takes the place of a file that may be there; readers see the old one or the new one.</summary>
    public void Move(string from, string to) => InDirectory(to, () => File.Move(from, to, overwrite: true));

    /// <returns>False when there was none.</returns>
    public bool Remove(string path)
    {
        if (!File.Exists(path)) return false;
        File.Delete(path);
        _paths.Add(Path.GetDirectoryName(path)!);
        return true;
    }

    /// <summary>
    /// The answer will say that this name is there, which it was before: who made it may have crashed, or failed, before its directory
    /// was on the disk, and the same goes for the directories above.
    /// </summary>
    public void Rely(string path)
    {
        for (var directory = Path.GetDirectoryName(path); directory?.Length >= root.Length; directory = Path.GetDirectoryName(directory))
            if (!durable.Contains(directory))
                _paths.Add(directory);
    }

    // Directories are rarely missing: asking first would cost every change a call.
    private void InDirectory(string path, Action change)
    {
        var directory = Path.GetDirectoryName(path)!;
        try
        {
            change();
        }
        catch (DirectoryNotFoundException)
        {
            Create(directory);
            change();
        }
        _paths.Add(directory);
        Rely(directory);
    }

    private void Create(string directory)
    {
        if (Directory.Exists(directory)) return;
        var parent = Path.GetDirectoryName(directory)!;
        Create(parent);
        PrivateDirectory.Create(directory);
        _paths.Add(parent);
    }
}
