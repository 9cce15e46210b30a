namespace Viaduct.Oci;

/// <summary>What one process at a time may do: held by an open file, so that it ends with the process, however that ends.</summary>
public static class FileLock
{
    /// <summary>A wait that is worth a word: most locks are held for a few milliseconds.</summary>
    private static readonly TimeSpan Notable = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <param name="file">Made, with its folder, and left where it is: whoever removes a lock removes the next one's.</param>
    /// <param name="limit">How long to wait for another that has it.</param>
    /// <param name="waiting">Called once, when another has had it for a second.</param>
    /// <returns>Null when the other had it longer than that.</returns>
    /// <exception cref="IOException">The system refuses the file.</exception>
    public static async Task<IDisposable?> TakeAsync(string file, TimeSpan limit, Action? waiting, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var begun = time.GetTimestamp();
        while (true)
        {
            if (TryTake(file) is { } taken) return taken;
            var waited = time.GetElapsedTime(begun);
            if (waited > limit) return null;
            if (waited > Notable)
            {
                waiting?.Invoke();
                waiting = null;
            }
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Null when somebody has it. FileShare.None is an exclusive flock on Unix, also between two handles of one process.</summary>
    private static IDisposable? TryTake(string file)
    {
        try
        {
            return File.OpenHandle(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
    }

    /// <summary>ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION; EWOULDBLOCK, which is 11 on Linux and 35 on macOS and FreeBSD.</summary>
    private static bool IsHeld(IOException e) =>
        e.GetType() == typeof(IOException) && (OperatingSystem.IsWindows() ? (e.HResult & 0xFFFF) is 32 or 33 : e.HResult is 11 or 35);
}
