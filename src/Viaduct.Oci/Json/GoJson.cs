using System.Buffers;

namespace Viaduct.Oci;

/// <summary>
/// What Go's encoding/json makes of JSON that is there already (encoding/json/indent.go). Neither function checks its input, which has been parsed before:
/// of what is no JSON they make something else that is none.
/// </summary>
public static class GoJson
{
    /// <summary>
    /// <c>json.Marshal</c> of a <c>json.RawMessage</c>: no white space, and <c>&lt; &gt; &amp;</c>, U+2028 and U+2029 escaped.
    /// Order of members, numbers and escapes stay as they are.
    /// </summary>
    public static byte[] Compact(ReadOnlySpan<byte> json)
    {
        var output = new ArrayBufferWriter<byte>(json.Length + 16);
        var inString = false;
        for (var i = 0; i < json.Length; i++)
        {
            var c = json[i];
            if (!inString && IsSpace(c)) continue;
            if (inString && Escape(json[i..]) is { Length: > 0 } escape)
            {
                output.Write(escape);
                if (c == 0xE2) i += 2;
                continue;
            }
            Put(output, c);
            if (c == '"') inString = !inString;
            else if (inString && c == '\\' && i + 1 < json.Length) Put(output, json[++i]);
        }
        return output.WrittenSpan.ToArray();
    }

    /// <summary><c>json.Indent(json, "", indent)</c>: nothing is escaped, empty brackets stay together, and white space after the end stays as it is.</summary>
    public static byte[] Indent(ReadOnlySpan<byte> json, ReadOnlySpan<byte> indent)
    {
        var output = new ArrayBufferWriter<byte>(json.Length * 2 + 16);
        var end = json.TrimEnd(" \t\r\n"u8);
        var (depth, inString, opened) = (0, false, false);
        for (var i = 0; i < end.Length; i++)
        {
            var c = end[i];
            if (inString)
            {
                Put(output, c);
                if (c == '\\' && i + 1 < end.Length) Put(output, end[++i]);
                else if (c == '"') inString = false;
                continue;
            }
            if (IsSpace(c)) continue;
            var closes = c is (byte)'}' or (byte)']';
            if (opened && !closes) NewLine(output, indent, ++depth);
            else if (closes && !opened) NewLine(output, indent, --depth);
            opened = c is (byte)'{' or (byte)'[';
            inString = c == '"';
            Put(output, c);
            if (c == ',') NewLine(output, indent, depth);
            else if (c == ':') Put(output, (byte)' ');
        }
        output.Write(json[end.Length..]);
        return output.WrittenSpan.ToArray();
    }

    private static ReadOnlySpan<byte> Escape(ReadOnlySpan<byte> json) => json[0] switch
    {
        (byte)'<' => "\\u003c"u8,
        (byte)'>' => "\\u003e"u8,
        (byte)'&' => "\\u0026"u8,
        0xE2 when json.StartsWith("\u2028"u8) => "\\u2028"u8,
        0xE2 when json.StartsWith("\u2029"u8) => "\\u2029"u8,
        _ => [],
    };

    private static bool IsSpace(byte c) => c is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private static void NewLine(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> indent, int depth)
    {
        Put(output, (byte)'\n');
        for (var i = 0; i < depth; i++) output.Write(indent);
    }

    private static void Put(ArrayBufferWriter<byte> output, byte c)
    {
        output.GetSpan(1)[0] = c;
        output.Advance(1);
    }
}
