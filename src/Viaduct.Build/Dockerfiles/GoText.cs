using System.Globalization;
using System.Text;

namespace Viaduct.Build.Dockerfiles;

/// <summary>Durations and quotes as Go reads and writes them: HEALTHCHECK takes the first, docker's history shows both.</summary>
public static class GoText
{
    /// <summary>Nanoseconds of a duration such as <c>1m30s</c> or <c>1.5h</c> (Go, time.ParseDuration); null when the text is none.</summary>
    public static long? Duration(string text)
    {
        var negative = text.StartsWith('-');
        var rest = text.AsSpan(negative || text.StartsWith('+') ? 1 : 0);
        if (rest.SequenceEqual("0")) return 0;
        var sum = 0m;
        if (rest.IsEmpty || rest.Length > 100) return null;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept("0123456789.");
            if (digits is <= 0 or > 20) return null;
            if (!decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return null;
            rest = rest[digits..];
            var letters = rest.IndexOfAny("0123456789.");
            if (letters < 0) letters = rest.Length;
            if (Unit(rest[..letters]) is not { } unit) return null;
            // 2^63 nanoseconds are 292 years.
            if (number > long.MaxValue / unit) return null;
            sum += decimal.Truncate(number * unit);
            rest = rest[letters..];
        }
        return sum > long.MaxValue ? null : negative ? -(long)sum : (long)sum;
    }

    /// <summary>As Go's Duration.String: <c>1m30s</c>, <c>1.5s</c>, <c>2h0m0s</c>. Never below zero here.</summary>
    public static string Duration(long nanoseconds)
    {
        if (nanoseconds == 0) return "0s";
        if (nanoseconds < 1_000) return Number(nanoseconds, "ns");
        if (nanoseconds < 1_000_000) return Number(nanoseconds / 1_000m, "µs");
        if (nanoseconds < 1_000_000_000) return Number(nanoseconds / 1_000_000m, "ms");
        var minutes = nanoseconds / 60_000_000_000;
        var seconds = Number(nanoseconds % 60_000_000_000 / 1_000_000_000m, "s");
        return minutes == 0 ? seconds : minutes < 60 ? Number(minutes, "m") + seconds : Number(minutes / 60, "h") + Number(minutes % 60, "m") + seconds;
    }

    /// <summary>As Go's %q of a text.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text) quoted.Append(Escape(c, '"'));
        return quoted.Append('"').ToString();
    }

    /// <summary>As Go's %q of a number, which takes it for a character.</summary>
    public static string Quote(int character) => character switch
    {
        // Which of these can be printed is for the tables of Unicode to say, and they grow.
        > 0xff and <= 0xffff and not (>= 0xd800 and <= 0xdfff) => string.Create(CultureInfo.InvariantCulture, $"'\\u{character:x4}'"),
        > 0xffff and <= 0x10ffff => string.Create(CultureInfo.InvariantCulture, $"'\\U{character:x8}'"),
        < 0 or > 0xff => "'\ufffd'",
        _ => $"'{Escape((char)character, '\'')}'",
    };

    private static string Escape(char c, char quote) => c switch
    {
        '\a' => "\\a",
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\v' => "\\v",
        '\\' => "\\\\",
        < ' ' or '\x7f' => string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
        (> '\x7f' and <= '\xa0') or '\xad' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
        _ => c == quote ? $"\\{c}" : c.ToString(),
    };

    private static string Number(decimal number, string unit) => number.ToString("0.#########", CultureInfo.InvariantCulture) + unit;

    private static long? Unit(ReadOnlySpan<char> name) => name switch
    {
        "ns" => 1,
        "us" or "µs" or "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => null,
    };
}
