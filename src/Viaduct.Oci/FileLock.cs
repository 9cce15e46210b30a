using Microsoft.Win32.SafeHandles;

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
    /// <param name="mode">The permissions of the file when it is new, where there are any; by default what the umask leaves.</param>
    /// <param name="made">Called with the file when it is new.</param>
    /// <returns>Null when the other had it longer than that.</returns>
    /// <exception cref="IOException">The system refuses the file, or it is a link to what is not there.</exception>
    public static async Task<IDisposable?> TakeAsync(
        string file, TimeSpan limit, Action? waiting, UnixFileMode? mode, Action<SafeFileHandle>? made, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var begun = time.GetTimestamp();
        while (true)
        {
            if (TryTake(file, mode, made) is { } taken) return taken;
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

    public static Task<IDisposable?> TakeAsync(string file, TimeSpan limit, Action? waiting, TimeProvider time, CancellationToken cancellationToken) =>
        TakeAsync(file, limit, waiting, null, null, time, cancellationToken);

    /// <summary>Null when somebody has it. FileShare.None is an exclusive flock on Unix, also between two handles of one process.</summary>
    private static IDisposable? TryTake(string file, UnixFileMode? mode, Action<SafeFileHandle>? made)
    {
        try
        {
            return File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (FileNotFoundException)
        {
            return TryMake(file, mode, made);
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
    }

    /// <summary>Never through a link, as OpenOrCreate would: whoever may write to the folder would choose where a file is made.</summary>
    private static FileStream? TryMake(string file, UnixFileMode? mode, Action<SafeFileHandle>? made)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (mode is { } permissions && !OperatingSystem.IsWindows()) options.UnixCreateMode = permissions;
        FileStream taken;
        try
        {
            taken = new FileStream(file, options);
        }
        catch (IOException e) when (IsHeld(e) || (File.Exists(file) && new FileInfo(file).LinkTarget is null))
        {
            return null;
        }
        made?.Invoke(taken.SafeFileHandle);
        return taken;
    }

    /// <summary>ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION; EWOULDBLOCK, which is 11 on Linux and 35 on macOS and FreeBSD.</summary>
    private static bool IsHeld(IOException e) =>
        e.GetType() == typeof(IOException) && (OperatingSystem.IsWindows() ? (e.HResult & 0xFFFF) is 32 or 33 : e.HResult is 11 or 35);
}
