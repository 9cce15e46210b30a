using System.Globalization;

namespace Viaduct.Simulation;

/// <summary>Which builds of Windows a host of some build takes.</summary>
internal sealed class WindowsBuilds
{
    /// <summary>From this build on a host runs the containers of earlier builds, back to the long-term release before it.</summary>
    private static readonly int[] LongTerm = [20348, 26100];

    private readonly bool _byPrefix;
    private readonly string _prefix;
    private readonly (int Major, int Minor, int Build)? _own;

    /// <param name="host">os.version of the host, "10.0.20348"; null when it is not known or not asked for.</param>
    /// <param name="byPrefix">
    /// True for containerd 1.6, which takes what begins with the host's version and nothing else (platforms/defaults_windows.go).
    /// Since then: containerd/platforms platform_windows_compat.go, checkWindowsHostAndContainerCompat.
    /// </param>
    public WindowsBuilds(string? host, bool byPrefix)
    {
        (_byPrefix, _own) = (byPrefix, Parse(host));
        _prefix = _own is { } own ? string.Create(CultureInfo.InvariantCulture, $"{own.Major}.{own.Minor}.{own.Build}") : "";
    }

    public bool Takes(string? entry)
    {
        if (_own is not { } own) return true;
        if (_byPrefix) return entry?.StartsWith(_prefix, StringComparison.Ordinal) ?? false;
        if (string.IsNullOrEmpty(entry)) return true;
        if (Parse(entry) is not { } wanted || own.Major != wanted.Major || own.Minor != wanted.Minor) return false;
        if (own.Build < LongTerm[0]) return own.Build == wanted.Build;
        var earliest = own.Build > LongTerm[1] ? LongTerm[1] : LongTerm[0];
        return wanted.Build >= earliest && wanted.Build <= own.Build;
    }

    /// <summary>The number after the build; 0 without one.</summary>
    public static int Revision(string? version)
    {
        Span<Range> parts = stackalloc Range[5];
        var text = version.AsSpan();
        return text.Split(parts, '.') > 3 && Number(text[parts[3]], out var revision) ? revision : 0;
    }

    private static (int Major, int Minor, int Build)? Parse(string? version)
    {
        if (version is null) return null;
        Span<Range> parts = stackalloc Range[5];
        var text = version.AsSpan();
        if (text.Split(parts, '.') is not (3 or 4 or 5)) return null;
        return Number(text[parts[0]], out var major) && Number(text[parts[1]], out var minor) && Number(text[parts[2]], out var build) ? (major, minor, build) : null;
    }

    private static bool Number(ReadOnlySpan<char> text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
