using Viaduct.Execution;
using Viaduct.Oci;

namespace Viaduct.Preparation;

/// <summary>Two viaducts in one folder would write the same outputs at the same time: one of them waits, and then finds what the other has made.</summary>
internal static class StepLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <param name="file">Made, and left where it is: whoever removes a lock removes the next one's.</param>
    /// <exception cref="ViaductException">VIA2219 when the other takes longer than a step may.</exception>
    public static async Task<IDisposable> TakeAsync(string file, PlatformStep step, IProgress<JobEvent>? progress, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var begun = time.GetTimestamp();
        var told = false;
        while (true)
        {
            if (TryTake(file) is { } taken) return taken;
            if (time.GetElapsedTime(begun) > step.Declared.Timeout) throw PrepareErrors.Busy(step, step.Declared.Timeout);
            if (!told) progress?.Report(new("waiting", $"{step.Image} {step.Platform}", step.Line) { IsPassing = true });
            told = true;
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Null when somebody has it. FileShare.None is an exclusive flock on Unix; it ends with the process, however that ends.</summary>
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
