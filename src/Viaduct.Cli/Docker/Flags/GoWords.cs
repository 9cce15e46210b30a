using Viaduct.Build.Dockerfiles;

namespace Viaduct.Cli.Docker;

/// <summary>Values of flags as Go reads them. What cannot be read is a <see cref="FormatException"/> in Go's words.</summary>
internal static class GoWords
{
    // A hundred years are longer than anything here, and far from the end of all calendars.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_525);

    /// <summary>strconv.ParseBool.</summary>
    public static bool ParseBool(string text) => text switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => throw new FormatException($"strconv.ParseBool: parsing {GoText.Quote(text)}: invalid syntax"),
    };

    /// <summary>time.ParseDuration, not below zero.</summary>
    public static TimeSpan ParseDuration(string text) =>
        GoText.Duration(text) is >= 0 and var nanoseconds && TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick) is var time && time <= Longest
            ? time : throw new FormatException($"time: invalid duration {GoText.Quote(text)}");
}
