using System.Globalization;
using System.Text.RegularExpressions;

namespace Viaduct.Simulation;

/// <summary>Finds the runtime that a text names: a name, a version, and how it is set.</summary>
internal static partial class RuntimeText
{
    private const int MaxLength = 128;

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["crio"] = "cri-o", ["dockerd"] = "docker", ["cri-dockerd"] = "docker", ["moby"] = "docker",
    };

    public static Runtime? Find(string text, IReadOnlyList<Runtime> all)
    {
        if (text.Length > MaxLength || Shape().Match(text.Trim().ToLowerInvariant()) is not { Success: true } match) return null;
        var name = Names.GetValueOrDefault(match.Groups["name"].Value, match.Groups["name"].Value);
        var lines = all.Where(r => r.Name == name).ToList();
        if (lines.Count == 0) return null;
        var version = match.Groups["version"] is { Success: true } said ? VersionOf(said.Value) : (int.MaxValue, 0);
        // The newest rules that are not newer than the version; a mode may have come later than another.
        var mode = match.Groups["mode"].Value;
        return lines.Where(r => Is(r, mode) && VersionOf(r.Version).CompareTo(version) <= 0).MaxBy(r => VersionOf(r.Version));
    }

    private static bool Is(Runtime runtime, string mode) => mode switch
    {
        "" => runtime.Mode is null,
        "local" => runtime.Mode is Runtimes.Local or "--local",
        "store" or "containerd-snapshotter" => runtime.Mode is Runtimes.Store,
        _ => runtime.Mode == mode,
    };

    private static (int Major, int Minor) VersionOf(string text)
    {
        var parts = text.Split('.', 3);
        return (Number(parts[0]), parts.Length > 1 ? Number(parts[1]) : 0);
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"^(?<name>[a-z]+(-[a-z]+)?)((://|[ ]+)v?(?<version>[0-9]{1,6}(\.[0-9]{1,6})*)([-+~][a-z0-9.+~-]*)?)?([ ]+(\((?<mode>[a-z_ -]+)\)|(?<mode>[a-z_-]+)))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
