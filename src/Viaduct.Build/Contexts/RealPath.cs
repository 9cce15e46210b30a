using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Viaduct.Build;

/// <summary>Where a path leads and what was really opened: between a look at a folder and the opening of a file in it, the folder can become a link.</summary>
[SupportedOSPlatform("linux")]
internal static partial class RealPath
{
    /// <summary>realpath(3); null when the path leads nowhere.</summary>
    public static string? Of(string path)
    {
        var found = Resolve(path, 0);
        try
        {
            return Marshal.PtrToStringUTF8(found);
        }
        finally
        {
            Free(found);
        }
    }

    /// <summary>The path of an open file (proc_pid_fd(5)); null where /proc is not mounted.</summary>
    public static string? Of(SafeFileHandle file)
    {
        try
        {
            return new FileInfo($"/proc/self/fd/{file.DangerousGetHandle()}").LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Resolve(string path, nint buffer);

    [LibraryImport("libc", EntryPoint = "free")]
    private static partial void Free(nint memory);
}
