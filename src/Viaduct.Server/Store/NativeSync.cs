using System.Runtime.InteropServices;

namespace Viaduct.Server;

/// <summary>The call that .NET has no name for.</summary>
internal static partial class NativeSync
{
    private const int LinuxCloseOnExec = 0x80000;
    private const int MacCloseOnExec = 0x1000000;

    /// <summary>A name that was made, moved or removed is only durable when its directory is (fsync(2), notes). Windows has no such call.</summary>
    public static void FlushDirectory(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(path, OperatingSystem.IsMacOS() ? MacCloseOnExec : LinuxCloseOnExec);
        if (descriptor < 0)
        {
            // A directory that is gone has nothing left to lose.
            if (!Directory.Exists(path)) return;
            throw Failed("open", path);
        }
        try
        {
            if (Flush(descriptor) != 0) throw Failed("fsync", path);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failed(string call, string path) => new($"{call} of {path} failed with error {Marshal.GetLastPInvokeError()}");

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
