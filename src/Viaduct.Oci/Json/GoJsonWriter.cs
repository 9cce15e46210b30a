using System.Buffers;
using System.Globalization;
using System.Text;

namespace Viaduct.Oci;

/// <summary>
/// Writes JSON to the byte as Go's encoding/json does, because digests of manifests, configs and lists hang on it:
/// <c>&lt; &gt; &amp;</c>, U+2028 and U+2029 are escaped, everything else outside ASCII is not, and unpaired surrogates become U+FFFD
/// (encoding/json/encode.go, appendString). With an indent it is <c>json.MarshalIndent(v, "", indent)</c>, without a final newline.
/// </summary>
public sealed class GoJsonWriter(string? indent = null)
{
    private readonly ArrayBufferWriter<byte> _out = new(1024);
    private int _depth;
    private bool _empty = true;
    private bool _afterName;

    public GoJsonWriter BeginObject() => Open('{');
    public GoJsonWriter EndObject() => Close('}');
    public GoJsonWriter BeginArray() => Open('[');
    public GoJsonWriter EndArray() => Close(']');

    public GoJsonWriter Name(string name)
    {
        Separate();
        Quote(name);
        Byte(':');
        if (indent is not null) Byte(' ');
        _afterName = true;
        return this;
    }

    public GoJsonWriter String(string value)
    {
        Separate();
        Quote(value);
        return this;
    }

    public GoJsonWriter Number(long value) => Literal(value.ToString(CultureInfo.InvariantCulture));

    public GoJsonWriter Boolean(bool value) => Literal(value ? "true" : "false");

    public GoJsonWriter Null() => Literal("null");

    /// <summary>A value that is JSON already, as it is: a stranger's member that has to survive.</summary>
    public GoJsonWriter Raw(string json)
    {
        Separate();
        Encoding.UTF8.GetBytes(json, _out);
        return this;
    }

    /// <inheritdoc cref="Raw(string)"/>
    public GoJsonWriter Raw(ReadOnlySpan<byte> json)
    {
        Separate();
        _out.Write(json);
        return this;
    }

    public byte[] ToBytes() => _out.WrittenSpan.ToArray();

    private GoJsonWriter Literal(string text)
    {
        Separate();
        Ascii(text);
        return this;
    }

    private GoJsonWriter Open(char bracket)
    {
        Separate();
        Byte(bracket);
        _depth++;
        _empty = true;
        return this;
    }

    private GoJsonWriter Close(char bracket)
    {
        _depth--;
        if (!_empty) NewLine();
        Byte(bracket);
        _empty = false;
        return this;
    }

    private void Separate()
    {
        if (_afterName)
        {
            _afterName = false;
            _empty = false;
            return;
        }
        if (_depth > 0)
        {
            if (!_empty) Byte(',');
            NewLine();
        }
        _empty = false;
    }

    private void NewLine()
    {
        if (indent is null) return;
        Byte('\n');
        for (var i = 0; i < _depth; i++) Ascii(indent);
    }

    private void Quote(string text)
    {
        Byte('"');
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '"': Ascii("\\\""); break;
                case '\\': Ascii("\\\\"); break;
                case '\n': Ascii("\\n"); break;
                case '\r': Ascii("\\r"); break;
                case '\t': Ascii("\\t"); break;
                case '\b': Ascii("\\b"); break;
                case '\f': Ascii("\\f"); break;
                case < 0x20 or '<' or '>' or '&' or 0x2028 or 0x2029:
                    Ascii("\\u" + rune.Value.ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    var span = _out.GetSpan(4);
                    _out.Advance(rune.EncodeToUtf8(span));
                    break;
            }
        }
        Byte('"');
    }

    private void Ascii(string text)
    {
        var span = _out.GetSpan(text.Length);
        _out.Advance(Encoding.ASCII.GetBytes(text, span));
    }

    private void Byte(char c)
    {
        _out.GetSpan(1)[0] = (byte)c;
        _out.Advance(1);
    }
}
