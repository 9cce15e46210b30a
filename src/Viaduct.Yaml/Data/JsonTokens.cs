using System.Text;
using System.Text.Json;

namespace Viaduct.Yaml;

/// <summary>JSON documents one behind the other, with nothing, white space or YAML's <c>---</c> between them.</summary>
internal sealed class JsonTokens(Stream stream, string shownAs) : IDataTokens
{
    /// <summary>Of one string: an object of Kubernetes as a whole has to be smaller than etcd's 1.5 MiB.</summary>
    private const int MaxToken = 8 << 20;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1000 };

    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private int _seen;
    private bool _isComplete;
    private int _depth;
    private bool _isPassing;
    private JsonReaderState _state = new(Options);

    public DataToken Token { get; private set; }
    public DataKind Kind { get; private set; }
    public string? Text { get; private set; }
    public string? Anchor => null;
    public int Document { get; private set; }
    public int Line { get; private set; } = 1;
    public int Column { get; private set; } = 1;

    public bool Next()
    {
        if (_depth == 0 && !Begin()) return false;
        while (!Read())
            Fill();
        if (_depth == 0) _state = new(Options);
        return true;
    }

    public bool TryPass()
    {
        if (Token != DataToken.ListStart) return false;
        _isPassing = true;
        for (var end = _depth - 1; _depth > end;) Next();
        _isPassing = false;
        See(_start);
        return true;
    }

    private bool Begin()
    {
        while (true)
        {
            while (_start < _end && _buffer[_start] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'-' && !IsNumber()) _start++;
            if (_start < _end)
            {
                Document++;
                return true;
            }
            See(_start);
            if (_isComplete)
            {
                Token = DataToken.End;
                return false;
            }
            Fill();
        }
    }

    /// <summary>A minus belongs to a number unless it is one of three.</summary>
    private bool IsNumber() => _buffer[_start] == '-' && _start + 1 < _end && _buffer[_start + 1] is >= (byte)'0' and <= (byte)'9';

    private bool Read()
    {
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isComplete, _state);
        try
        {
            if (!reader.Read()) return false;
            if (!_isPassing) See(_start + (int)reader.TokenStartIndex);
            Take(ref reader);
        }
        catch (JsonException e)
        {
            See(Math.Min(_end, _start + (int)reader.BytesConsumed));
            throw NotJson(e.Message.Contains("depth", StringComparison.Ordinal) ? "it is nested too deep" : "something here is not what JSON has");
        }
        catch (InvalidOperationException)
        {
            throw NotJson("a string that is not Unicode");
        }
        _state = reader.CurrentState;
        _start += (int)reader.BytesConsumed;
        return true;
    }

    private void Take(ref Utf8JsonReader reader)
    {
        (Token, Kind) = reader.TokenType switch
        {
            JsonTokenType.StartObject => (DataToken.MapStart, DataKind.Nothing),
            JsonTokenType.EndObject => (DataToken.MapEnd, DataKind.Nothing),
            JsonTokenType.StartArray => (DataToken.ListStart, DataKind.Nothing),
            JsonTokenType.EndArray => (DataToken.ListEnd, DataKind.Nothing),
            JsonTokenType.Number => (DataToken.Scalar, DataKind.Number),
            JsonTokenType.True or JsonTokenType.False => (DataToken.Scalar, DataKind.Truth),
            JsonTokenType.Null => (DataToken.Scalar, DataKind.Nothing),
            _ => (DataToken.Scalar, DataKind.Text),
        };
        _depth += Token switch { DataToken.MapStart or DataToken.ListStart => 1, DataToken.MapEnd or DataToken.ListEnd => -1, _ => 0 };
        Text = Token != DataToken.Scalar || _isPassing ? null : Kind == DataKind.Text ? reader.GetString() : Encoding.UTF8.GetString(reader.ValueSpan);
    }

    private void Fill()
    {
        See(_start);
        var rest = _end - _start;
        if (rest == _buffer.Length)
        {
            if (rest >= MaxToken) throw YamlErrors.TooMuch($"{shownAs}:{Line}:{Column}", $"a value of more than {MaxToken >> 20} MiB");
            Array.Resize(ref _buffer, 2 * rest);
        }
        else
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, rest);
        }
        _seen -= _start;
        (_start, _end) = (0, rest);
        // All that there is room for: a pipe gives some KiB at a time, and a long value would be looked at again with each of them.
        var count = stream.ReadAtLeast(_buffer.AsSpan(_end), _buffer.Length - _end, throwOnEndOfStream: false);
        _isComplete = _end + count < _buffer.Length;
        _end += count;
    }

    /// <summary>Counts lines and columns up to a place of the buffer.</summary>
    private void See(int place)
    {
        if (place <= _seen) return;
        var passed = _buffer.AsSpan(_seen, place - _seen);
        _seen = place;
        if (passed.LastIndexOf((byte)'\n') is var last and >= 0)
        {
            Line += passed.Count((byte)'\n');
            Column = 1;
            passed = passed[(last + 1)..];
        }
        Column += Encoding.UTF8.GetCharCount(passed);
    }

    private Oci.ViaductException NotJson(string why) => YamlErrors.NotJson($"{shownAs}:{Line}:{Column}", why);
}
