using System.Runtime.InteropServices;

namespace Viaduct.Manifests;

/// <summary>Exchanges two folders in one step: the call that .NET has no name for.</summary>
internal static partial class FolderSwap
{
    private const int Here = -100; // AT_FDCWD
    private const uint Exchange = 2; // RENAME_EXCHANGE, and RENAME_SWAP of macOS

    /// <returns>False where the system or the file system cannot; then nothing has happened.</returns>
    public static bool Try(string one, string other)
    {
        try
        {
            return OperatingSystem.IsLinux() ? RenameLinux(Here, one, Here, other, Exchange) == 0
                : OperatingSystem.IsMacOS() && RenameMac(one, other, Exchange) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            // musl before 1.2.6.
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameLinux(int oneFolder, string one, int otherFolder, string other, uint flags);

    [LibraryImport("libc", EntryPoint = "renamex_np", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameMac(string one, string other, uint flags);
}
