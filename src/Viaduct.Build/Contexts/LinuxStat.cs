using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Viaduct.Build;

/// <summary>statx(2): its buffer has one layout on every architecture, which stat's has not, and it does not open the file.</summary>
[SupportedOSPlatform("linux")]
internal static partial class LinuxStat
{
    private const int AtCurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint BasicStats = 0x7ff;

    public static bool TryRead(string path, bool follow, out FileStatus? status)
    {
        status = null;
        try
        {
            if (Statx(AtCurrentDirectory, path, follow ? 0 : NoFollow, BasicStats, out var buffer) != 0)
            {
                var error = Marshal.GetLastPInvokeError();
                // ENOENT, ENOTDIR and ENAMETOOLONG: nothing is there. ELOOP: a link leads to itself. ENOSYS: a kernel from before 4.11.
                if (error is 2 or 20 or 36) return true;
                if (error == 40) throw BuildErrors.LinkLoop(path, null);
                if (error == 38) return false;
                throw new IOException(Marshal.GetPInvokeErrorMessage(error));
            }
            var kind = (buffer.Mode & 0xF000) switch { 0x8000 => FileKind.File, 0x4000 => FileKind.Directory, 0xA000 => FileKind.SymbolicLink, _ => FileKind.Other };
            status = new FileStatus(kind, (long)buffer.Size, (buffer.Mode & 0x40) != 0, ((long)buffer.Inode, Time(buffer.Modified), Time(buffer.Changed)));
            return true;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    private static long Time(Timestamp time) => unchecked(time.Seconds * 1_000_000_000 + time.Nanoseconds);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, out Buffer buffer);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timestamp
    {
        public long Seconds;
        public uint Nanoseconds;
        public int Reserved;
    }

    // linux/stat.h, struct statx; 256 bytes.
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private struct Buffer
    {
        public uint Mask;
        public uint BlockSize;
        public ulong Attributes;
        public uint Links;
        public uint Uid;
        public uint Gid;
        public ushort Mode;
        public ushort Spare;
        public ulong Inode;
        public ulong Size;
        public ulong Blocks;
        public ulong AttributesMask;
        public Timestamp Accessed;
        public Timestamp Born;
        public Timestamp Changed;
        public Timestamp Modified;
    }
}
