using System.Globalization;
using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>
/// The platforms that a host takes, best first: containerd's <c>platforms.Only</c>.
/// From containerd 2.0 on: containerd/platforms v1.0 compare.go, platformVector. Before: v0.2.1 of the same file.
/// </summary>
internal sealed class PlatformVector
{
    /// <summary>One architecture that the host takes, and its variants, best first; null is the plain one.</summary>
    private sealed record Group(string Architecture, string?[] Variants, int FirstRank);

    /// <summary>Levels are counted down; no processor has this many.</summary>
    private const int MaxLevel = 32;

    private readonly string _os;
    private readonly string _emptyOs;
    private readonly WindowsBuilds? _windows;
    private readonly bool _old;
    private readonly Group[] _groups;
    private readonly IReadOnlyList<string>? _features;

    /// <param name="old">True for containerd 1.x.</param>
    /// <param name="exact">True for the host's own platform without fall-backs: <c>OnlyStrict</c>.</param>
    /// <param name="hostOs">What an entry with an empty os is for (database.go, normalizeOS).</param>
    /// <param name="windows">How builds of Windows are compared; null compares none.</param>
    /// <param name="features">True where an entry's os.features have to be among the host's (containerd/platforms v1.0.0-rc.4 platforms.go, Match).</param>
    public PlatformVector(Platform host, bool old, bool exact, string hostOs, WindowsBuilds? windows, bool features = false)
    {
        _features = features ? host.OsFeatures : null;
        var own = host.Normalized();
        (_os, _emptyOs, _old) = (own.Os, hostOs, old);
        _windows = own.Os == "windows" ? windows : null;
        var variant = old ? PlatformWords.OldVariant(host, own) : own.Variant;
        var all = exact ? [(own.Architecture, [variant])] : Fallbacks(own.Architecture, variant, old);
        var groups = new List<Group>();
        foreach (var (architecture, variants) in all) groups.Add(new(architecture, [.. variants], groups.Sum(g => g.Variants.Length)));
        _groups = [.. groups];
    }

    /// <summary>The place of an entry's platform in the vector; -1 when it is not there.</summary>
    public int RankOf(Candidate candidate)
    {
        if (candidate.Os is not { } os) return -1;
        if (os.Length == 0) os = _emptyOs;
        if (os != _os) return -1;
        var variant = _old ? candidate.OldVariant : candidate.Variant;
        foreach (var group in _groups)
        {
            if (group.Architecture != candidate.Architecture) continue;
            for (var i = 0; i < group.Variants.Length; i++)
                if (group.Variants[i] == variant)
                    return Suits(candidate.Entry.Platform!) ? group.FirstRank + i : -1;
        }
        return -1;
    }

    public bool Takes(Platform platform) => RankOf(new Candidate(new Descriptor("", default, 0) { Platform = platform })) >= 0;

    private bool Suits(Platform entry)
    {
        if (_windows is not null && !_windows.Takes(entry.OsVersion)) return false;
        if (_features is null) return true;
        for (var i = 0; i < entry.OsFeatures.Count; i++)
            // Every Windows has win32k, which its hosts leave out (platform_windows_compat.go).
            if (!_features.Contains(entry.OsFeatures[i]) && !(_windows is not null && entry.OsFeatures[i] == "win32k"))
                return false;
        return true;
    }

    private static IEnumerable<(string Architecture, IEnumerable<string?> Variants)> Fallbacks(string architecture, string? variant, bool old) => architecture switch
    {
        "amd64" => [("amd64", [variant, .. Below(variant, 1).Select(v => v == "v1" ? null : v)]), ("386", [null])],
        "arm" => [("arm", [variant, .. Below(variant, 5)])],
        "arm64" when old => [("arm64", [variant]), ("arm", [variant ?? "v8", .. Below(variant ?? "v8", 5)])],
        "arm64" => [("arm64", [variant, .. Arm64Below(variant)]), ("arm", ["v8", "v7", "v6", "v5"])],
        _ => [(architecture, [variant])],
    };

    /// <summary>v3: v2, v1. Nothing for what is no number.</summary>
    private static IEnumerable<string> Below(string? variant, int least)
    {
        if (variant is not ['v', ..] || !int.TryParse(variant.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var level)) yield break;
        for (level = Math.Min(level, MaxLevel) - 1; level >= least; level--) yield return string.Create(CultureInfo.InvariantCulture, $"v{level}");
    }

    /// <summary>v9.m takes all of v9 below it, then v8 from m+5 on (Armv9.0 is Armv8.5 and more), where v8.9 is the last.</summary>
    private static IEnumerable<string?> Arm64Below(string? variant)
    {
        if (variant is not (['v', '8' or '9'] or ['v', '8' or '9', '.', >= '0' and <= '9'])) yield break;
        var minor = variant.Length == 4 ? variant[3] - '0' : 0;
        var highest = minor - 1;
        if (variant[1] == '9')
        {
            for (var m = minor - 1; m >= 0; m--) yield return m == 0 ? "v9" : string.Create(CultureInfo.InvariantCulture, $"v9.{m}");
            highest = Math.Min(minor + 5, 9);
        }
        for (var m = highest; m >= 1; m--) yield return string.Create(CultureInfo.InvariantCulture, $"v8.{m}");
        yield return null;
    }
}
