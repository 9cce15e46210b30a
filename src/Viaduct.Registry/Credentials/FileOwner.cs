using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Viaduct.Registry;

/// <summary>
/// Gives what is new to the owner of what it replaces or lies in: under sudo a user's config.json would become root's otherwise, and be closed to the user
/// (docker/cli cli/config/configfile/file_unix.go, copyFilePermissions). The calls that .NET has no name for, on Linux alone.
/// </summary>
internal sealed partial class FileOwner : IFileOwner
{
    public static readonly FileOwner Instance = new();

    private const int CurrentFolder = -100;
    private const uint UserAndGroup = 0x8 | 0x10;

    /// <summary>struct statx is the same on every architecture (statx(2)).</summary>
    private const int Size = 256;
    private const int UserAt = 20;

    public void Copy(string from, SafeFileHandle to) => Copy(from, (user, group) => Change(to, user, group));

    // By its name, so not through a link that came into its place meanwhile.
    public void Copy(string from, string to) => Copy(from, (user, group) => ChangeNamed(to, user, group));

    private static void Copy(string from, Func<uint, uint, int> change)
    {
        // Nobody but root can give files away.
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return;
        try
        {
            var state = new byte[Size];
            if (Status(CurrentFolder, from, 0, UserAndGroup, state) != 0) return;
            _ = change(BitConverter.ToUInt32(state, UserAt), BitConverter.ToUInt32(state, UserAt + 4));
        }
        catch (EntryPointNotFoundException)
        {
            // A C library before glibc 2.28: the file is root's then.
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Status(int folder, string path, int flags, uint mask, [Out] byte[] state);

    [LibraryImport("libc", EntryPoint = "fchown", SetLastError = true)]
    private static partial int Change(SafeFileHandle file, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "lchown", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int ChangeNamed(string path, uint user, uint group);
}
