using System.Diagnostics;

namespace Viaduct.TestSupport;

/// <summary>
/// Makes a program of a text file. Another process copies it: a program that this one wrote may still be open for writing in a child that another
/// test is just starting, and cannot be started then (ETXTBSY).
/// </summary>
internal static class Executable
{
    public static void Make(string file)
    {
        if (OperatingSystem.IsWindows()) return;
        using (var copy = Process.Start("/bin/cp", [file, file + ".copy"])) copy.WaitForExit();
        File.Move(file + ".copy", file, overwrite: true);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
