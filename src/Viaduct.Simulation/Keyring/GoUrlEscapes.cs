using System.Globalization;
using System.Text;

namespace Viaduct.Simulation;

/// <summary>Percent escapes of hosts and paths (Go net/url, unescape).</summary>
internal static class GoUrlEscapes
{
    /// <summary>Null where an escape is none, or where a host holds a character that no host may.</summary>
    public static string? Undo(string text, bool inHost, out string? fault)
    {
        fault = null;
        if (!inHost && !text.Contains('%')) return text;
        var plain = new List<byte>(text.Length);
        Span<byte> encoded = stackalloc byte[4];
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c != '%')
            {
                if (inHost && !MayStandInHost(c))
                {
                    fault = $"invalid character {GoText.Quote(c.ToString())} in host name";
                    return null;
                }
                if (Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var length) != System.Buffers.OperationStatus.Done) length = 1;
                plain.AddRange(encoded[..rune.EncodeToUtf8(encoded)]);
                i += length - 1;
                continue;
            }
            var ends = Math.Min(i + 3, text.Length);
            // RFC 3986 lets a host escape what is not ASCII alone; %25 begins the zone of an address.
            if (!IsEscape(text.AsSpan(i), out var value) || (inHost && value < 0x80 && value != '%'))
            {
                fault = $"invalid URL escape {GoText.Quote(text[i..ends])}";
                return null;
            }
            plain.Add(value);
            i += 2;
        }
        return Encoding.UTF8.GetString([.. plain]);
    }

    private static bool IsEscape(ReadOnlySpan<char> text, out byte value)
    {
        value = 0;
        return text.Length > 2 && char.IsAsciiHexDigit(text[1]) && char.IsAsciiHexDigit(text[2])
            && byte.TryParse(text.Slice(1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private static bool MayStandInHost(char c) => c >= 0x80 || char.IsAsciiLetterOrDigit(c) || "-_.~!$&'()*+,;=:[]<>\"".Contains(c);
}
