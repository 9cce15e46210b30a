using System.Globalization;
using System.Text;

namespace Viaduct.Simulation;

/// <summary>Durations as Go's package time reads and writes them, in nanoseconds (time/format.go, ParseDuration; time/time.go, String).</summary>
internal static class GoDuration
{
    private static readonly Dictionary<string, long> Units = new(StringComparer.Ordinal)
    {
        ["ns"] = 1,
        ["us"] = 1_000,
        ["\u00b5s"] = 1_000,
        ["\u03bcs"] = 1_000,
        ["ms"] = 1_000_000,
        ["s"] = 1_000_000_000,
        ["m"] = 60_000_000_000,
        ["h"] = 3_600_000_000_000,
    };

    /// <returns>Go's error; null where it is a duration.</returns>
    public static string? TryParse(string text, out long nanoseconds)
    {
        nanoseconds = 0;
        var rest = text.AsSpan();
        var negative = rest.StartsWith("-");
        if (negative || rest.StartsWith("+")) rest = rest[1..];
        if (rest is "0") return null;
        if (rest.IsEmpty) return Invalid(text);
        var sum = 0m;
        while (!rest.IsEmpty)
        {
            var digits = Leading(rest, c => char.IsAsciiDigit(c) || c == '.');
            var number = rest[..digits];
            if (digits == 0 || number is "." || number.Count('.') > 1) return Invalid(text);
            rest = rest[digits..];
            var letters = Leading(rest, c => c != '.' && !char.IsAsciiDigit(c));
            if (letters == 0) return $"time: missing unit in duration {GoText.Quote(text)}";
            var unit = rest[..letters].ToString();
            if (!Units.TryGetValue(unit, out var factor)) return $"time: unknown unit {GoText.Quote(unit)} in duration {GoText.Quote(text)}";
            // Nothing of 28 digits or more is a duration that fits into 64 bits.
            if (number.Length > 28 || !TryAdd(ref sum, number, factor)) return Invalid(text);
            rest = rest[letters..];
        }
        nanoseconds = (long)(negative ? -sum : sum);
        return null;
    }

    /// <summary>72h3m0.5s.</summary>
    public static string Format(long nanoseconds)
    {
        if (nanoseconds == 0) return "0s";
        var size = Math.Abs((decimal)nanoseconds);
        var text = new StringBuilder(nanoseconds < 0 ? "-" : "");
        if (size < 1_000) return text.Append(Number(size)).Append("ns").ToString();
        if (size < 1_000_000) return text.Append(Number(size / 1_000)).Append("\u00b5s").ToString();
        if (size < 1_000_000_000) return text.Append(Number(size / 1_000_000)).Append("ms").ToString();
        var (hours, minutes) = (decimal.Floor(size / 3_600_000_000_000), decimal.Floor(size / 60_000_000_000) % 60);
        if (hours > 0) text.Append(Number(hours)).Append('h');
        if (hours > 0 || minutes > 0) text.Append(Number(minutes)).Append('m');
        return text.Append(Number(size % 60_000_000_000 / 1_000_000_000)).Append('s').ToString();
    }

    private static bool TryAdd(ref decimal sum, ReadOnlySpan<char> number, long factor)
    {
        var value = decimal.Parse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        if (value > long.MaxValue) return false;
        sum += value * factor;
        return sum <= long.MaxValue;
    }

    private static int Leading(ReadOnlySpan<char> text, Func<char, bool> isPart)
    {
        var count = 0;
        while (count < text.Length && isPart(text[count])) count++;
        return count;
    }

    private static string Number(decimal value) => value.ToString("0.#########", CultureInfo.InvariantCulture);

    private static string Invalid(string text) => $"time: invalid duration {GoText.Quote(text)}";
}
