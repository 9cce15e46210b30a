using System.Globalization;

namespace Viaduct.Server;

/// <summary>A run of bytes, both ends included.</summary>
internal readonly record struct ContentRange(long First, long Last)
{
    public long Length => Last - First + 1;

    /// <summary>The place of a chunk: <c>0-99</c> (distribution-spec, "Pushing a blob in chunks"); <c>bytes 0-99/*</c> is what HTTP libraries make of it.</summary>
    public static bool TryParseChunk(string text, out ContentRange range)
    {
        range = default;
        var span = text.AsSpan().Trim();
        if (span.StartsWith("bytes ", StringComparison.OrdinalIgnoreCase)) span = span[6..];
        if (span.IndexOf('/') is >= 0 and var slash) span = span[..slash];
        if (span.IndexOf('-') is not (> 0 and var dash)) return false;
        if (!TryNumber(span[..dash], out var first) || !TryNumber(span[(dash + 1)..], out var last) || last < first) return false;
        range = new ContentRange(first, last);
        return true;
    }

    /// <summary>
    /// What a GET wants of <paramref name="length"/> bytes: null for all, because there is no usable Range or more than one (RFC 9110, 14.2 lets a
    /// server ignore it).
    /// </summary>
    /// <param name="impossible">Nothing of the range lies inside.</param>
    public static ContentRange? Wanted(string? header, long length, out bool impossible)
    {
        impossible = false;
        if (header is null || !header.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase)) return null;
        var span = header.AsSpan(6).Trim();
        if (span.IndexOf('-') is not (>= 0 and var dash)) return null;
        var from = span[..dash].Trim();
        var to = span[(dash + 1)..].Trim();
        long first, last = length - 1;
        if (from.IsEmpty)
        {
            if (!TryNumber(to, out var count)) return null;
            impossible = count == 0 || length == 0;
            first = Math.Max(0, length - count);
        }
        else
        {
            if (!TryNumber(from, out first) || (!to.IsEmpty && !TryNumber(to, out last)) || (last < first && !to.IsEmpty)) return null;
            last = Math.Min(last, length - 1);
            impossible = first >= length;
        }
        return impossible ? null : new ContentRange(first, last);
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
