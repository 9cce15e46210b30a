using System.Buffers.Text;
using System.Text;

namespace Viaduct.Oci.Layers;

/// <summary>The records of a PAX extended header: <c>length key=value\n</c>, the length counting itself (POSIX.1-2001 pax).</summary>
internal static class PaxRecords
{
    public const string ExtendedAttributePrefix = "SCHILY.xattr.";

    public static Dictionary<string, ReadOnlyMemory<byte>> Parse(ReadOnlyMemory<byte> bytes, string? where)
    {
        var records = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        while (!bytes.IsEmpty)
        {
            var span = bytes.Span;
            // Some writers fill the block with NULs inside the stated size.
            if (span.IndexOfAnyExcept((byte)0) < 0) break;
            if (!Utf8Parser.TryParse(span, out int length, out var digits)
                || digits >= span.Length || span[digits] != ' ' || span[0] is (byte)'+' or (byte)'-'
                || length <= digits + 2 || length > span.Length || span[length - 1] != '\n')
                throw LayerErrors.BadArchive("a PAX record has a wrong length", where);

            var record = bytes[(digits + 1)..(length - 1)];
            var equals = record.Span.IndexOf((byte)'=');
            if (equals <= 0 || record.Span[..equals].Contains((byte)0))
                throw LayerErrors.BadArchive("a PAX record has no key", where);
            records[TarText.Decode(record.Span[..equals])] = record[(equals + 1)..];
            bytes = bytes[length..];
        }
        return records;
    }

    public static void Write(Stream output, string key, ReadOnlySpan<byte> value)
    {
        var name = TarText.Encode(key);
        var rest = name.Length + value.Length + 3;
        var length = rest + Digits(rest);
        if (Digits(length) > Digits(rest)) length++;
        output.Write(Encoding.ASCII.GetBytes($"{length} "));
        output.Write(name);
        output.WriteByte((byte)'=');
        output.Write(value);
        output.WriteByte((byte)'\n');
    }

    /// <summary>Whole seconds of a decimal such as <c>-1.5</c>, rounded down.</summary>
    public static bool TrySeconds(ReadOnlySpan<byte> text, out long seconds)
    {
        seconds = 0;
        var dot = text.IndexOf((byte)'.');
        var whole = dot < 0 ? text : text[..dot];
        var fraction = dot < 0 ? [] : text[(dot + 1)..];
        if (fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9') || !TryWhole(whole, out seconds)) return false;
        if (whole[0] == '-' && fraction.ContainsAnyExcept((byte)'0') && seconds > long.MinValue) seconds--;
        return true;
    }

    public static bool TryWhole(ReadOnlySpan<byte> text, out long value) =>
        Utf8Parser.TryParse(text, out value, out var consumed) && consumed == text.Length;

    private static int Digits(int number) => number switch
    {
        < 10 => 1, < 100 => 2, < 1000 => 3, < 10_000 => 4, < 100_000 => 5, < 1_000_000 => 6, < 10_000_000 => 7, < 100_000_000 => 8, _ => 9,
    };
}
