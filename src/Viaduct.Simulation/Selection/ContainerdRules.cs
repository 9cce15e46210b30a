using System.Globalization;

namespace Viaduct.Simulation;

/// <summary>The fall-backs of containerd 2.0 and later. An architecture that is not here takes its very platform only.</summary>
internal static class ContainerdRules
{
    private const string Source = "containerd/platforms v1.0 compare.go, platformVector";

    private static readonly string?[] ArmLevels = ["v8", "v7", "v6", "v5"];
    private static readonly string?[] Amd64Levels = ["v4", "v3", "v2", null];

    public static readonly IReadOnlyList<FallbackRule> Fallbacks =
    [
        new("amd64", variant => Below(Amd64Levels, variant), [("386", null)], Source),
        new("arm", variant => Below(ArmLevels, variant), [], Source),
        new("arm64", Arm64Levels, [.. ArmLevels.Select(level => ("arm", level))], Source),
    ];

    private static IEnumerable<string?> Below(string?[] levels, string? variant) =>
        Array.IndexOf(levels, variant) is >= 0 and var own ? levels.Skip(own + 1) : [];

    /// <summary>v9.m takes all of v9 below it, then v8 from m+5 on (Armv9.0 is Armv8.5 and more), where v8.9 is the last.</summary>
    private static IEnumerable<string?> Arm64Levels(string? variant)
    {
        if (variant is null || !TryMinor(variant, out var major, out var minor)) yield break;
        var highest = minor - 1;
        if (major == 9)
        {
            for (var m = minor - 1; m >= 0; m--) yield return m == 0 ? "v9" : string.Create(CultureInfo.InvariantCulture, $"v9.{m}");
            highest = Math.Min(minor + 5, 9);
        }
        for (var m = highest; m >= 1; m--) yield return string.Create(CultureInfo.InvariantCulture, $"v8.{m}");
        yield return null;
    }

    /// <summary>v8.m or v9[.m]; a minor of more than one digit is no Arm version.</summary>
    private static bool TryMinor(string variant, out int major, out int minor)
    {
        (major, minor) = (0, 0);
        if (variant is not (['v', '8' or '9'] or ['v', '8' or '9', '.', >= '0' and <= '9'])) return false;
        (major, minor) = (variant[1] - '0', variant.Length == 4 ? variant[3] - '0' : 0);
        return true;
    }
}
