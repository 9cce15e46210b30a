using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>
/// Replaces the files of a list, each whole, so that docker, and whoever comes after a power cut, finds the old list or the new one;
/// where folders cannot be exchanged (<see cref="FolderSwap"/>, or a folder that is a link), several changes may be seen halfway.
/// </summary>
internal sealed class StoreWriter(StorePaths paths)
{
    // docker/cli cli/manifest/store: os.MkdirAll(…, 0755), os.WriteFile(…, 0644).
    private const UnixFileMode FolderMode = (UnixFileMode)0b111_101_101;
    private const UnixFileMode FileMode = (UnixFileMode)0b110_100_100;

    /// <param name="files">All that the folder is to hold, by name.</param>
    /// <returns>False when there is such a folder by now.</returns>
    public async Task<bool> TryCreateAsync(string folder, IReadOnlyDictionary<string, byte[]> files, CancellationToken cancellationToken)
    {
        var temporary = NewFolder();
        try
        {
            foreach (var (name, bytes) in files) await WriteAsync(Path.Combine(temporary, name), bytes, FileMode, cancellationToken).ConfigureAwait(false);
            DirectorySync.Flush(temporary);
            if (Directory.Exists(folder)) return false;
            Directory.Move(temporary, folder);
            DirectorySync.Flush(paths.Lists);
            return true;
        }
        finally
        {
            Discard(temporary);
        }
    }

    /// <param name="changed">Files to write.</param>
    /// <param name="removed">Names of files to remove.</param>
    public async Task ChangeAsync(string folder, IReadOnlyDictionary<string, byte[]> changed, IReadOnlyCollection<string> removed, CancellationToken cancellationToken)
    {
        // One rename is one step; several would be seen halfway.
        if (changed.Count + removed.Count > 1 && new DirectoryInfo(folder).LinkTarget is null && await TrySwapAsync(folder, changed, removed, cancellationToken).ConfigureAwait(false)) return;
        foreach (var (name, bytes) in changed) await WriteAsync(Path.Combine(folder, name), bytes, ModeOf(folder, name), cancellationToken).ConfigureAwait(false);
        foreach (var name in removed) File.Delete(Path.Combine(folder, name));
        DirectorySync.Flush(folder);
    }

    /// <returns>False when there was no such folder.</returns>
    public bool Remove(string folder)
    {
        var temporary = paths.NewTemporary();
        try
        {
            Directory.Move(folder, temporary);
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            // A mount point, or a folder of an overlay's lower layer.
            Directory.Delete(folder, recursive: true);
        }
        DirectorySync.Flush(paths.Lists);
        Discard(temporary);
        return true;
    }

    public async Task WriteCompanionAsync(string path, byte[] bytes, CancellationToken cancellationToken)
    {
        MakeFolder(paths.Companions);
        await AtomicFile.WriteAsync(path, (file, token) => file.WriteAsync(bytes, token), FileMode, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What killed processes left behind.</summary>
    public void RemoveTemporariesOlderThan(DateTimeOffset then)
    {
        foreach (var left in In(paths.Lists).Concat(In(paths.Companions)).Where(i => i.LastWriteTimeUtc < then.UtcDateTime)) Discard(left.FullName);

        static FileSystemInfo[] In(string folder) => Directory.Exists(folder) ? new DirectoryInfo(folder).GetFileSystemInfos(AtomicFile.TemporaryPrefix + "*") : [];
    }

    /// <summary>Removes what nobody counts on.</summary>
    public static void Discard(string path)
    {
        try
        {
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
            else File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nobody reads it, and a later run tries again.
        }
    }

    private async Task<bool> TrySwapAsync(string folder, IReadOnlyDictionary<string, byte[]> changed, IReadOnlyCollection<string> removed, CancellationToken cancellationToken)
    {
        var temporary = NewFolder();
        try
        {
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(temporary, File.GetUnixFileMode(folder));
            foreach (var (name, bytes) in changed) await WriteAsync(Path.Combine(temporary, name), bytes, ModeOf(folder, name), cancellationToken).ConfigureAwait(false);
            // As late as can be: docker takes no lock, and what it has written by now is kept.
            foreach (var kept in new DirectoryInfo(folder).EnumerateFiles().Where(f => !changed.ContainsKey(f.Name) && !removed.Contains(f.Name)))
                kept.CopyTo(Path.Combine(temporary, kept.Name));
            DirectorySync.Flush(temporary);
            if (!FolderSwap.Try(temporary, folder)) return false;
            DirectorySync.Flush(paths.Lists);
            return true;
        }
        finally
        {
            Discard(temporary);
        }
    }

    private Task WriteAsync(string path, byte[] bytes, UnixFileMode mode, CancellationToken cancellationToken) => AtomicFile.WriteAsync(path, bytes, paths.Lists, mode, cancellationToken);

    /// <summary>What somebody has made of a file's permissions stays, as docker leaves it.</summary>
    private static UnixFileMode ModeOf(string folder, string name) =>
        !OperatingSystem.IsWindows() && File.Exists(Path.Combine(folder, name)) ? File.GetUnixFileMode(Path.Combine(folder, name)) : FileMode;

    private string NewFolder()
    {
        MakeFolder(paths.Lists);
        var temporary = paths.NewTemporary();
        MakeFolder(temporary);
        return temporary;
    }

    private static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, FolderMode);
    }
}
