using System.Text.RegularExpressions;

namespace Viaduct.Simulation.Tests;

/// <summary>Which rules the name of a recorded tool stands for.</summary>
internal static partial class RecordedTool
{
    public static Runtime? Runtime(string tool)
    {
        if (Shape().Match(tool) is not { Success: true } match) return null;
        var (name, version, rest) = (match.Groups["name"].Value, match.Groups["version"].Value, match.Groups["rest"].Value);
        // What the client library does with all content there was asked of ctr.
        if (rest.Contains("platforms.Only", StringComparison.Ordinal)) return Runtimes.Parse($"ctr {version} mount");
        var mode = rest.Contains("use_local_image_pull", StringComparison.Ordinal) || rest.Contains("--local", StringComparison.Ordinal) ? " local"
            : rest.Contains("containerd store", StringComparison.Ordinal) ? " store"
            : "";
        return Runtimes.TryParse($"{name} {version}{mode}", out var runtime) ? runtime : null;
    }

    [GeneratedRegex(@"^(CRI )?(?<name>[a-z-]+) (?<version>[0-9.]+)(?<rest>.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
