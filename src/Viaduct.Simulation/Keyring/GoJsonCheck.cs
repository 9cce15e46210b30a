using System.Text;

namespace Viaduct.Simulation;

/// <summary>Whether bytes are JSON, and if not, what Go's encoding/json says (scanner.go). Nothing but one character of the input is in the words.</summary>
internal sealed class GoJsonCheck
{
    private const int MaxDepth = 10_000;
    private const string Cut = "unexpected end of JSON input";

    private readonly byte[] data;
    private readonly Stack<bool> open = new();
    private int at;

    private GoJsonCheck(byte[] data) => this.data = data;

    private enum Expected { Value, ValueOrEnd, Key, KeyOrEnd, Colon, Comma, Nothing }

    public static string? Fault(byte[] data) => new GoJsonCheck(data).Run();

    private string? Run()
    {
        var expected = Expected.Value;
        while (true)
        {
            while (at < data.Length && data[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
                at++;
            if (at == data.Length) return expected == Expected.Nothing ? null : Cut;
            if (Step(ref expected) is { } fault) return fault;
        }
    }

    private string? Step(ref Expected expected)
    {
        var c = data[at];
        switch (expected)
        {
            case Expected.ValueOrEnd when c == ']':
            case Expected.KeyOrEnd when c == '}':
                return Close(ref expected);
            case Expected.Value or Expected.ValueOrEnd:
                return Value(c, ref expected);
            case Expected.Key or Expected.KeyOrEnd:
                if (c != '"') return Bad("looking for beginning of object key string");
                expected = Expected.Colon;
                return Text();
            case Expected.Colon:
                if (c != ':') return Bad("after object key");
                at++;
                expected = Expected.Value;
                return null;
            case Expected.Comma:
                if (c == ',')
                {
                    at++;
                    expected = open.Peek() ? Expected.Key : Expected.Value;
                    return null;
                }
                if (c == (open.Peek() ? '}' : ']')) return Close(ref expected);
                return Bad(open.Peek() ? "after object key:value pair" : "after array element");
            default:
                return Bad("after top-level value");
        }
    }

    private string? Close(ref Expected expected)
    {
        at++;
        open.Pop();
        expected = After();
        return null;
    }

    private Expected After() => open.Count == 0 ? Expected.Nothing : Expected.Comma;

    private string? Value(byte c, ref Expected expected)
    {
        if (c is (byte)'{' or (byte)'[')
        {
            if (open.Count == MaxDepth) return Bad("exceeded max depth");
            open.Push(c == '{');
            expected = c == '{' ? Expected.KeyOrEnd : Expected.ValueOrEnd;
            at++;
            return null;
        }
        expected = After();
        return c switch
        {
            (byte)'"' => Text(),
            (byte)'t' => Word("true"u8),
            (byte)'f' => Word("false"u8),
            (byte)'n' => Word("null"u8),
            (byte)'-' or (>= (byte)'0' and <= (byte)'9') => Number(),
            _ => Bad("looking for beginning of value"),
        };
    }

    private string? Word(ReadOnlySpan<byte> word)
    {
        for (var i = 1; i < word.Length; i++)
        {
            at++;
            if (Current != word[i]) return Bad($"in literal {Encoding.ASCII.GetString(word)} (expecting '{(char)word[i]}')");
        }
        at++;
        return null;
    }

    private string? Text()
    {
        for (at++; at < data.Length; at++)
        {
            if (data[at] == '"')
            {
                at++;
                return null;
            }
            if (data[at] < 0x20) return Bad("in string literal");
            if (data[at] != '\\') continue;
            at++;
            if (Current == 'u')
            {
                for (var digits = 0; digits < 4; digits++)
                {
                    at++;
                    if (!char.IsAsciiHexDigit((char)Current)) return Bad("in \\u hexadecimal character escape");
                }
            }
            else if (!"\"\\/bfnrt"u8.Contains(Current))
            {
                return Bad("in string escape code");
            }
        }
        return Cut;
    }

    private string? Number()
    {
        if (Current == '-') at++;
        if (Current == '0') at++;
        else if (!Digits()) return Bad("in numeric literal");
        if (Current == '.')
        {
            at++;
            if (!Digits()) return Bad("after decimal point in numeric literal");
        }
        if (Current is (byte)'e' or (byte)'E')
        {
            at++;
            if (Current is (byte)'+' or (byte)'-') at++;
            if (!Digits()) return Bad("in exponent of numeric literal");
        }
        return null;
    }

    private bool Digits()
    {
        var from = at;
        while (Current is >= (byte)'0' and <= (byte)'9')
            at++;
        return at > from;
    }

    /// <summary>At the end Go feeds its scanner a space, and tells of it.</summary>
    private byte Current => at < data.Length ? data[at] : (byte)' ';

    private string Bad(string context) => $"invalid character {GoJsonText.Quoted(Current)} {context}";
}
