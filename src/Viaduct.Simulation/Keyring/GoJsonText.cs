using System.Globalization;
using System.Text;

namespace Viaduct.Simulation;

/// <summary>Strings of JSON as Go's encoding/json reads them: what is no text becomes U+FFFD, never an error.</summary>
internal static class GoJsonText
{
    /// <summary>A byte in the words of scanner.go, quoteChar: as if it were a Latin-1 character.</summary>
    public static string Quoted(byte value) => value switch
    {
        (byte)'\'' => @"'\''",
        (byte)'"' => "'\"'",
        (byte)'\\' => @"'\\'",
        (byte)'\a' => @"'\a'",
        (byte)'\b' => @"'\b'",
        (byte)'\f' => @"'\f'",
        (byte)'\n' => @"'\n'",
        (byte)'\r' => @"'\r'",
        (byte)'\t' => @"'\t'",
        (byte)'\v' => @"'\v'",
        < 0x20 or 0x7f => string.Create(CultureInfo.InvariantCulture, $"'\\x{value:x2}'"),
        (>= 0x80 and <= 0xa0) or 0xad => string.Create(CultureInfo.InvariantCulture, $"'\\u{value:x4}'"),
        _ => $"'{(char)value}'",
    };

    /// <param name="inner">What stands between the quotes of a string that was checked.</param>
    public static string Unquote(ReadOnlySpan<byte> inner)
    {
        if (inner.IndexOf((byte)'\\') < 0) return Whole(Encoding.UTF8.GetString(inner));
        var text = new StringBuilder(inner.Length);
        while (inner.IndexOf((byte)'\\') is >= 0 and var escape)
        {
            text.Append(Encoding.UTF8.GetString(inner[..escape]));
            var letter = (char)inner[escape + 1];
            if (letter == 'u')
            {
                text.Append((char)ushort.Parse(Encoding.ASCII.GetString(inner.Slice(escape + 2, 4)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                inner = inner[(escape + 6)..];
                continue;
            }
            text.Append(letter switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', _ => letter });
            inner = inner[(escape + 2)..];
        }
        return Whole(text.Append(Encoding.UTF8.GetString(inner)).ToString());
    }

    /// <summary>Halves of surrogate pairs that escapes left alone.</summary>
    private static string Whole(string text)
    {
        StringBuilder? repaired = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) i++;
            else (repaired ??= new(text))[i] = '\ufffd';
        }
        return repaired?.ToString() ?? text;
    }

    /// <summary>Names of fields are compared without regard to case, by Unicode's folding: the long s and the Kelvin sign are letters of ASCII to it.</summary>
    public static bool IsField(string name, string field)
    {
        if (name.Length != field.Length) return false;
        for (var i = 0; i < name.Length; i++)
            if (Fold(name[i]) != Fold(field[i]))
                return false;
        return true;
    }

    private static char Fold(char c) => c switch { '\u017f' => 's', '\u212a' => 'k', >= 'A' and <= 'Z' => (char)(c + 32), _ => c };
}
