namespace Viaduct.Oci;

/// <summary>
/// Replaces files so that a reader sees the old bytes or the new ones and nothing between, also after a power cut:
/// a temporary file in the same folder, flushed to the disk, then renamed.
/// </summary>
public static class AtomicFile
{
    /// <summary>What the names of temporary files begin with; one that a killed process left behind can be removed.</summary>
    public const string TemporaryPrefix = ".tmp-";

    public static Task WriteAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        WriteAsync(path, (stream, token) => stream.WriteAsync(bytes, token), null, cancellationToken);

    /// <param name="write">Writes the content; when it throws, the old file stays as it was.</param>
    /// <param name="mode">The permissions of the new file where there are any; by default what the umask leaves.</param>
    public static async Task WriteAsync(
        string path, Func<Stream, CancellationToken, ValueTask> write, UnixFileMode? mode, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(path);
        var temporary = Path.Combine(Path.GetDirectoryName(full)!, TemporaryPrefix + Path.GetRandomFileName());
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, Options = FileOptions.Asynchronous };
        if (mode is { } permissions && !OperatingSystem.IsWindows()) options.UnixCreateMode = permissions;
        try
        {
            var file = new FileStream(temporary, options);
            await using (file.ConfigureAwait(false))
            {
                await write(file, cancellationToken).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            Remove(temporary);
            throw;
        }
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
