using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Viaduct.Oci.Layers;

/// <summary>
/// Names are bytes on Linux and text here. Bytes that are not UTF-8 become lone surrogates and come back as the same bytes
/// (the scheme of PEP 383), so a base image with one old Latin-1 name is still readable and two such names never become one.
/// </summary>
internal static class TarText
{
    private const char Escape = '\uDC00';

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes)) return Encoding.UTF8.GetString(bytes);

        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var consumed) == OperationStatus.Done)
                text.Append(rune.ToString());
            else
                foreach (var b in bytes[..consumed]) text.Append((char)(Escape + b));
            bytes = bytes[consumed..];
        }
        return text.ToString();
    }

    public static byte[] Encode(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')) return Encoding.UTF8.GetBytes(text);

        var bytes = new ArrayBufferWriter<byte>(text.Length * 3);
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var consumed) == OperationStatus.Done)
                bytes.Advance(rune.EncodeToUtf8(bytes.GetSpan(4)));
            else if (rest[0] is >= '\uDC80' and <= '\uDCFF')
                bytes.Write([(byte)(rest[0] - Escape)]);
            else
                throw LayerErrors.BadEntry(text, "the name is not Unicode text");
            rest = rest[consumed..];
        }
        return bytes.WrittenSpan.ToArray();
    }
}
