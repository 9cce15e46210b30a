using System.Runtime.InteropServices;

namespace Viaduct.Oci;

/// <summary>Makes the names in a directory durable: the call that .NET has no name for.</summary>
public static partial class DirectorySync
{
    private const int LinuxCloseOnExec = 0x80000;
    private const int MacCloseOnExec = 0x1000000;

    // What file systems that are shared or remote answer; they have nothing better to offer (fsync(2), errors).
    private const int InvalidArgument = 22;
    private const int LinuxNotSupported = 95;
    private const int MacNotSupported = 45;

    /// <summary>A name that was made, moved or removed is only durable when its directory is (fsync(2), notes). Windows has no such call.</summary>
    public static void Flush(string path)
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
            if (Synchronize(descriptor) != 0 && Marshal.GetLastPInvokeError() is not (InvalidArgument or LinuxNotSupported or MacNotSupported)) throw Failed("fsync", path);
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
    private static partial int Synchronize(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
