namespace Viaduct.Server;

/// <summary>The directories in which a batch of changes made, moved or removed names.</summary>
internal sealed class TouchedDirectories
{
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Paths => _paths;

    /// <summary>An empty file, if there is none.</summary>
    public void Mark(string path)
    {
        if (File.Exists(path)) return;
        InDirectory(path, () => File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write).Dispose());
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
