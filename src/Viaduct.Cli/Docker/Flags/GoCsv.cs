using System.Text;

namespace Viaduct.Cli.Docker;

/// <summary>One record of comma-separated values, as pflag's string slices are read (encoding/csv reader.go, readRecord).</summary>
internal static class GoCsv
{
    /// <exception cref="FormatException">In the words of encoding/csv.</exception>
    public static IReadOnlyList<string> Read(string text)
    {
        if (text.Length == 0) return [];
        // Empty lines are passed over, and what follows the first record is never read.
        var start = 0;
        var skipped = 0;
        while (start < text.Length && text[start] == '\n') (start, skipped) = (start + 1, skipped + 1);
        return start == text.Length ? throw new FormatException("EOF") : new Record(text, start, skipped + 1).Fields();
    }

    private sealed class Record(string text, int at, int line)
    {
        private readonly int _firstLine = line;
        private int _at = at;
        private int _line = line;
        private int _lineStart = at;

        public IReadOnlyList<string> Fields()
        {
            var fields = new List<string>();
            do fields.Add(_at < text.Length && text[_at] == '"' ? Quoted() : Plain());
            while (_at < text.Length && text[_at++] == ',');
            return fields;
        }

        private string Plain()
        {
            var end = text.AsSpan(_at).IndexOfAny(',', '\n') is >= 0 and var length ? _at + length : text.Length;
            var field = text[_at..end];
            if (field.IndexOf('"') is >= 0 and var bare) throw Error(_at + bare, "bare \" in non-quoted-field");
            _at = end;
            return field;
        }

        private string Quoted()
        {
            var field = new StringBuilder();
            for (_at++; _at < text.Length; _at++)
            {
                if (text[_at] == '\n') (_line, _lineStart) = (_line + 1, _at + 1);
                if (text[_at] != '"')
                {
                    field.Append(text[_at]);
                    continue;
                }
                var next = _at + 1 < text.Length ? text[_at + 1] : '\n';
                if (next == '"')
                {
                    field.Append(text[_at++]);
                    continue;
                }
                if (next is not (',' or '\n')) throw Error(_at, Extraneous);
                _at++;
                return field.ToString();
            }
            throw Error(_at, Extraneous);
        }

        private const string Extraneous = "extraneous or missing \" in quoted-field";

        /// <summary>Columns are counted in bytes, from one.</summary>
        private FormatException Error(int where, string what)
        {
            var column = Encoding.UTF8.GetByteCount(text.AsSpan(_lineStart, where - _lineStart)) + 1;
            return new FormatException($"{(_line == _firstLine ? "" : $"record on line {_firstLine}; ")}parse error on line {_line}, column {column}: {what}");
        }
    }
}
