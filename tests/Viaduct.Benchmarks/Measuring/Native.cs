using System.Runtime.InteropServices;

namespace Viaduct.Benchmarks.Measuring;

/// <summary>What glibc offers and .NET does not: a process started without threads in between, and its own bill from the kernel.</summary>
internal static unsafe partial class Native
{
    public const int WriteCreateTruncate = 0x241; // O_WRONLY | O_CREAT | O_TRUNC
    public const int SigTerm = 15;
    public const int SigKill = 9;
    public const int ChildSubreaper = 36; // PR_SET_CHILD_SUBREAPER

    /// <summary>struct rusage on 64-bit Linux; the rest of it is of no interest here.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 144)]
    public struct ResourceUsage
    {
        public long UserSeconds, UserMicroseconds, SystemSeconds, SystemMicroseconds, PeakKibibytes;
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int posix_spawnp(out int pid, string file, byte* actions, void* attributes, byte** argv, byte** envp);

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_init(byte* actions);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int posix_spawn_file_actions_addopen(byte* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_adddup2(byte* actions, int descriptor, int copy);

    [LibraryImport("libc")]
    public static partial int posix_spawn_file_actions_destroy(byte* actions);

    [LibraryImport("libc", SetLastError = true)]
    public static partial int wait4(int pid, out int status, int options, out ResourceUsage usage);

    [LibraryImport("libc")]
    public static partial int kill(int pid, int signal);

    [LibraryImport("libc")]
    public static partial int prctl(int option, nuint value, nuint second, nuint third, nuint fourth);
}
