using System.Runtime.InteropServices;

namespace Viaduct.Cli.Terminal;

/// <summary>The file that this process runs.</summary>
internal static partial class OwnFile
{
    /// <summary>True for the file itself and for links to it, also through folders that are links.</summary>
    public static bool Is(string file) => OperatingSystem.IsWindows()
        ? string.Equals(File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file, Environment.ProcessPath, StringComparison.OrdinalIgnoreCase)
        : Environment.ProcessPath is { } own && RealPath(file) == RealPath(own);

    // .NET resolves links of the file alone.
    private static string? RealPath(string file)
    {
        var path = RealPath(file, 0);
        var text = Marshal.PtrToStringUTF8(path);
        Free(path);
        return text;
    }

    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint RealPath(string file, nint buffer);

    [LibraryImport("libc", EntryPoint = "free")]
    private static partial void Free(nint text);
}
