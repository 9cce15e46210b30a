using System.Globalization;
using Viaduct.Cli.Errors;
using Viaduct.Cli.Terminal;

namespace Viaduct.Cli.Docker;

/// <summary>The docker that comes after this program in the PATH, when it is called by docker's name.</summary>
internal static class NextDocker
{
    /// <summary>What shells answer for a command that is not there.</summary>
    private const int NotFound = 127;

    /// <summary>How often viaduct has handed on already. A docker of the PATH may be a script that calls viaduct again, and would do so for ever.</summary>
    private const string Hops = "VIADUCT_DOCKER_HOPS";

    /// <summary>More than plugins of docker that call docker nest, and soon reached.</summary>
    private const int MostHops = 8;

    public static async Task<int> RunAsync(IReadOnlyList<string> args, Caller caller)
    {
        var hops = int.TryParse(caller.Variable(Hops), NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : 0;
        // An empty entry is the current folder, for shells; a docker that lies there by chance is not what was meant.
        var files = (caller.Variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "docker.exe" : "docker")).Where(IsProgram).ToList();
        // What stands before this program may be the script that called it.
        if (files.Skip(files.FindLastIndex(OwnFile.Is) + 1).FirstOrDefault() is not { } next)
            return Fail(caller, $"there is no other docker in the PATH for '{string.Join(' ', args.Prepend("docker").Take(3))}'");
        if (hops >= MostHops) return Fail(caller, $"{next} calls viaduct again, which was to call it");
        try
        {
            return await caller.Become(next, [.. args.Prepend("docker")], (Hops, $"{hops + 1}")).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or System.ComponentModel.Win32Exception)
        {
            return Fail(caller, e.Message);
        }
    }

    private static bool IsProgram(string file) =>
        File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);

    private static int Fail(Caller caller, string why)
    {
        ManifestWords.Note(caller, CliErrors.NoOtherDocker(why).Render());
        return NotFound;
    }
}
