using System.Text;
using System.Text.RegularExpressions;

namespace Viaduct.Yaml;

/// <summary>What a stream of documents is written in, by how it begins.</summary>
internal static partial class DataEncoding
{
    private const int HeadSize = 4096;

    /// <summary>The same stream as UTF-8 without a mark, and what it begins with.</summary>
    public static (Stream Stream, string Head) Utf8(Stream stream)
    {
        var head = Head(stream);
        // Windows PowerShell writes what is sent to a file as UTF-16.
        var utf16 = head.AsSpan().StartsWith<byte>([0xFF, 0xFE]) ? Encoding.Unicode : head.AsSpan().StartsWith<byte>([0xFE, 0xFF]) ? Encoding.BigEndianUnicode : null;
        if (utf16 is not null)
        {
            stream = Encoding.CreateTranscodingStream(new HeadedStream(head[2..], stream), utf16, Encoding.UTF8);
            head = Head(stream);
        }
        var text = head.AsSpan().StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? head[3..] : head;
        return (new HeadedStream(text, stream), Encoding.UTF8.GetString(text));
    }

    /// <summary>An object, or a list of objects. YAML's flow form is taken for YAML: its keys have no quotes.</summary>
    public static bool LooksLikeJson(string head) => Json().IsMatch(head);

    private static byte[] Head(Stream stream)
    {
        var head = new byte[HeadSize];
        return head[..stream.ReadAtLeast(head, HeadSize, throwOnEndOfStream: false)];
    }

    [GeneratedRegex("""^\s*(\[\s*)?\{\s*("|\}|$)""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Json();
}
