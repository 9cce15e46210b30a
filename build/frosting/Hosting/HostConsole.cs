#pragma warning disable RS0030 // A build's host is a command line: this is where it meets the terminal.

using Cake.Core;

namespace Cake.Frosting.Hosting;

internal static class HostConsole
{
    public static IConsole Create(ICakeEnvironment environment)
    {
        var coloured = WantsColours(
            redirected: Console.IsOutputRedirected || Console.IsErrorRedirected,
            environment.GetEnvironmentVariable("NO_COLOR"),
            environment.GetEnvironmentVariable("TERM"));
        return coloured ? new CakeConsole(environment) : new TextConsole(Console.Out, Console.Error);
    }

    // Cake's own detection looks at TERM alone and so colours files and pipes.
    // NO_COLOR counts when it is not empty (https://no-color.org).
    public static bool WantsColours(bool redirected, string? noColor, string? term) =>
        !redirected && string.IsNullOrEmpty(noColor) && term != "dumb";
}
