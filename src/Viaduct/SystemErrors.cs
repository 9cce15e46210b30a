using Viaduct.Oci;

namespace Viaduct;

/// <summary>What the operating system refuses, in our words, and VIA9999 for what should not be.</summary>
public static class SystemErrors
{
    // errno of Linux and macOS, and Windows' ERROR_DISK_FULL.
    private const int NoSpace = 28;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int ReadOnlyFileSystem = 30;

    public static ViaductException Of(Exception e) => e switch
    {
        ViaductException known => known,
        IOException { HResult: NoSpace or WindowsDiskFull } => new("VIA9002", "the disk is full", PathIn(e), "Free some space and run again: what was pushed is found and not done twice.", inner: e),
        UnauthorizedAccessException => Refused(e, "the system refuses it: permission denied"),
        IOException { HResult: ReadOnlyFileSystem } => Refused(e, "the file system is read-only"),
        IOException => new("VIA9004", $"reading or writing failed: {e.Message}", inner: e),
        _ => new("VIA9999", $"this is a defect in viaduct: {e.GetType().Name}: {e.Message}", todo: "Run it again with VIADUCT_DEBUG=1 and report what it prints.", inner: e),
    };

    private static ViaductException Refused(Exception e, string why) =>
        new("VIA9003", why, PathIn(e), "Give this user the right to it, or name another place.", inner: e);

    /// <summary>The path that .NET quotes in its message; there is no other place where it is.</summary>
    private static string? PathIn(Exception e)
    {
        var (first, last) = (e.Message.IndexOf('\''), e.Message.LastIndexOf('\''));
        return last > first + 1 ? e.Message[(first + 1)..last] : null;
    }
}
