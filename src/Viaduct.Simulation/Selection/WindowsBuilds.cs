using System.Globalization;

namespace Viaduct.Simulation;

/// <summary>Which builds of Windows a Windows host runs (containerd/platforms v1.0 platform_windows_compat.go, checkWindowsHostAndContainerCompat).</summary>
internal static class WindowsBuilds
{
    /// <summary>From this build on a host runs the containers of earlier builds, back to the long-term release before it.</summary>
    private static readonly int[] LongTerm = [20348, 26100];

    public static bool Matches(string? host, string? entry)
    {
        if (string.IsNullOrEmpty(entry) || !TryParse(host ?? "", out var own)) return true;
        if (!TryParse(entry, out var wanted)) return false;
        if (own.Major != wanted.Major || own.Minor != wanted.Minor) return false;
        if (own.Build < LongTerm[0]) return own.Build == wanted.Build;
        var earliest = LongTerm.Where(build => build < own.Build).DefaultIfEmpty(LongTerm[0]).Max();
        return wanted.Build >= earliest && wanted.Build <= own.Build;
    }

    private static bool TryParse(string version, out (int Major, int Minor, int Build) parsed)
    {
        parsed = default;
        var parts = version.Split('.', 4);
        if (parts.Length < 3 || !Number(parts[0], out var major) || !Number(parts[1], out var minor) || !Number(parts[2], out var build))
            return false;
        parsed = (major, minor, build);
        return true;
    }

    private static bool Number(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
