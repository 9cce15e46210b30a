namespace Viaduct.Build;

/// <summary>What the file system says of a path: its kind before anything else, because opening a pipe to find out would never return.</summary>
/// <param name="Stamp">Changes when the content does: inode, size and times.</param>
internal readonly record struct FileStatus(FileKind Kind, long Size, bool Executable, (long Inode, long Modified, long Changed) Stamp)
{
    /// <summary>Null when nothing is there.</summary>
    public static FileStatus? Of(string path, bool follow = false)
    {
        if (OperatingSystem.IsLinux() && LinuxStat.TryRead(path, follow, out var status)) return status;
        return Portable(path, follow);
    }

    /// <summary>The same, of a file of a context.</summary>
    /// <exception cref="Oci.ViaductException">VIA2126 when the system does not tell.</exception>
    public static FileStatus? Ask(string full)
    {
        try
        {
            return Of(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BuildErrors.ContextUnreadable(full, e.Message, e);
        }
    }

    private static FileStatus? Portable(string path, bool follow)
    {
        FileSystemInfo info = new FileInfo(path);
        if (follow && info.LinkTarget is not null)
        {
            if (info.ResolveLinkTarget(returnFinalTarget: true) is not { } target) return null;
            info = target;
        }
        if (info.LinkTarget is null && !info.Exists && !Directory.Exists(info.FullName)) return null;
        var kind = info.LinkTarget is not null ? FileKind.SymbolicLink
            : info.Attributes.HasFlag(FileAttributes.Directory) ? FileKind.Directory
            : info.Attributes.HasFlag(FileAttributes.Device) ? FileKind.Other
            : FileKind.File;
        var executable = kind == FileKind.File && !OperatingSystem.IsWindows() && info.UnixFileMode.HasFlag(UnixFileMode.UserExecute);
        var size = kind == FileKind.File ? new FileInfo(info.FullName).Length : 0;
        return new FileStatus(kind, size, executable, (0, info.LastWriteTimeUtc.Ticks, info.CreationTimeUtc.Ticks));
    }
}
