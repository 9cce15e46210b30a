using System.Globalization;

namespace Viaduct.Build.Dockerfiles;

/// <summary>The signals that STOPSIGNAL takes (moby/sys, signal_linux.go): a name with or without SIG in any case, or a number.</summary>
internal static class StopSignal
{
    // The last that Linux has.
    private const int Max = 64;

    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL", "PIPE", "POLL", "PROF", "PWR", "QUIT",
        "RTMAX", "RTMIN", "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU", "URG", "USR1", "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ",
    };

    public static bool IsKnown(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number is > 0 and <= Max;
        var name = text.StartsWith("SIG", StringComparison.OrdinalIgnoreCase) ? text[3..] : text;
        return Names.Contains(name) || IsRealTime(name, "RTMIN+", 15) || IsRealTime(name, "RTMAX-", 14);
    }

    private static bool IsRealTime(string name, string start, int most) =>
        name.StartsWith(start, StringComparison.OrdinalIgnoreCase) && name.AsSpan(start.Length) is var rest && !rest.StartsWith("0")
        && int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most;
}
