using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Viaduct.Preparation;

/// <summary>
/// Ends a command with all that it has started. On Linux also what has left the tree, by a variable that everything started by the command
/// inherits; elsewhere the tree alone.
/// </summary>
internal static class ProcessTree
{
    public const string Variable = "VIADUCT_PREPARE";

    private const int Tries = 20;

    /// <param name="processes">Where Linux shows them.</param>
    public static void Kill(Process process, string mark, string processes = "/proc")
    {
        if (!process.HasExited) KillOne(process);
        if (!OperatingSystem.IsLinux()) return;
        // A process that is being started while the others are looked at is found the next time.
        for (var i = 0; i < Tries; i++)
            if (!KillMarked(processes, Encoding.ASCII.GetBytes($"{Variable}={mark}"))) return;
    }

    private static bool KillMarked(string processes, byte[] mark)
    {
        var found = false;
        foreach (var folder in In(processes))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) || !IsMarked($"{folder}/environ", mark)) continue;
            found = true;
            try
            {
                using var other = Process.GetProcessById(id);
                KillOne(other);
            }
            catch (ArgumentException)
            {
                // It has ended meanwhile.
            }
        }
        return found;
    }

    /// <summary>None where /proc is not mounted; then the tree alone is ended.</summary>
    private static string[] In(string processes)
    {
        try
        {
            return Directory.GetDirectories(processes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsMarked(string file, byte[] mark)
    {
        try
        {
            return File.ReadAllBytes(file).AsSpan().IndexOf(mark) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's, or gone.
            return false;
        }
    }

    private static void KillOne(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or AggregateException or System.ComponentModel.Win32Exception)
        {
            // It has ended meanwhile, or what is left of it belongs to somebody else.
        }
    }
}
