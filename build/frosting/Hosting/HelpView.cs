using System.Reflection;
using Cake.Core;

namespace Cake.Frosting.Hosting;

internal static class HelpView
{
    public static string Help()
    {
        var width = HostOption.All.Max(option => option.Usage.Length);
        var options = HostOption.All.Select(option => $"  {option.Usage.PadRight(width)}  {option.Text}");
        return string.Join(
            Environment.NewLine,
            [
                $"Usage: {BuildName()} [options] [--name value …]",
                "",
                .. options,
                "",
                "Any other --name value or --name=value is handed to the tasks.",
            ]);
    }

    public static string Version()
    {
        var version = Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return $"{BuildName()} {version}{Environment.NewLine}Cake {new CakeRuntime().CakeVersion.ToString(3)}";
    }

    private static string BuildName() => Assembly.GetEntryAssembly()?.GetName().Name ?? "build";
}
