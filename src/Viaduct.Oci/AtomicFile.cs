namespace Viaduct.Oci;

/// <summary>
/// Replaces files so that a reader sees the old bytes or the new ones and nothing between, also after a power cut:
/// a temporary file, in the same folder unless the caller has another on the same file system, flushed to the disk, then renamed, then the folder is flushed.
/// </summary>
public static class AtomicFile
{
    /// <summary>What the names of temporary files begin with; one that a killed process left behind can be removed.</summary>
    public const string TemporaryPrefix = ".tmp-";

    private const long Large = 1 << 20;

    public static Task WriteAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        WriteAsync(path, (stream, token) => stream.WriteAsync(bytes, token), null, cancellationToken);

    /// <summary>For folders in which every file means something to somebody: the temporary file is in another one.</summary>
    /// <param name="temporaries">A folder that is there, on the same file system as <paramref name="path"/>.</param>
    /// <param name="mode">The permissions of the new file where there are any; by default what the umask leaves.</param>
    public static Task WriteAsync(string path, ReadOnlyMemory<byte> bytes, string temporaries, UnixFileMode? mode, CancellationToken cancellationToken) =>
        WriteAsync(path, (stream, token) => stream.WriteAsync(bytes, token), mode, DirectorySync.Flush, cancellationToken, temporaries);

    /// <param name="write">Writes the content; when it throws, the old file stays as it was.</param>
    /// <param name="mode">The permissions of the new file where there are any; by default what the umask leaves.</param>
    public static Task WriteAsync(
        string path, Func<Stream, CancellationToken, ValueTask> write, UnixFileMode? mode, CancellationToken cancellationToken) =>
        WriteAsync(path, write, mode, DirectorySync.Flush, cancellationToken);

    /// <summary>Makes the file's folder and finds out, before work that cannot be taken back, whether the file could be written.</summary>
    public static void Prepare(string path)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var temporary = TemporaryIn(Path.GetDirectoryName(full)!);
        try
        {
            new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (Renamed(e, temporary, full) is { } renamed)
        {
            throw renamed;
        }
    }

    internal static async Task WriteAsync(
        string path, Func<Stream, CancellationToken, ValueTask> write, UnixFileMode? mode, Action<string> flushDirectory, CancellationToken cancellationToken,
        string? temporaries = null)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full)!;
        var temporary = TemporaryIn(temporaries ?? folder);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, Options = FileOptions.Asynchronous };
        if (mode is { } permissions && !OperatingSystem.IsWindows()) options.UnixCreateMode = permissions;
        try
        {
            var file = new FileStream(temporary, options);
            await using (file.ConfigureAwait(false))
            {
                await write(file, cancellationToken).ConfigureAwait(false);
                await FlushAsync(file).ConfigureAwait(false);
            }
            File.Move(temporary, full, overwrite: true);
            flushDirectory(folder);
        }
        catch (Exception e)
        {
            Remove(temporary);
            if (Renamed(e, temporary, full) is { } renamed) throw renamed;
            throw;
        }
    }

    /// <summary>
    /// A large file is waited for by a thread of its own: the pool has two with two processors, and they have the next layers to read and hash.
    /// </summary>
    private static Task FlushAsync(FileStream file)
    {
        if (file.Length > Large) return Task.Factory.StartNew(() => file.Flush(flushToDisk: true), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        file.Flush(flushToDisk: true);
        return Task.CompletedTask;
    }

    private static string TemporaryIn(string folder) => Path.Combine(folder, TemporaryPrefix + Path.GetRandomFileName());

    /// <summary>The same failure, of the file that was asked for: nobody knows the temporary one.</summary>
    private static Exception? Renamed(Exception e, string temporary, string path)
    {
        if (!e.Message.Contains(temporary, StringComparison.Ordinal)) return null;
        var message = e.Message.Replace(temporary, path, StringComparison.Ordinal);
        return e switch
        {
            DirectoryNotFoundException => new DirectoryNotFoundException(message, e),
            IOException => new IOException(message, e) { HResult = e.HResult },
            UnauthorizedAccessException => new UnauthorizedAccessException(message, e),
            _ => null,
        };
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What made the write fail is the error to see.
        }
    }
}
