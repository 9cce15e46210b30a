using System.Text;

namespace Viaduct.Build.Dockerfiles;

/// <summary>
/// Splits a Dockerfile into instructions' lines as BuildKit does (parser/parser.go): comments and empty lines vanish, also in the middle of
/// a continued line; the escape character continues a line only when no other escape character stands before it.
/// </summary>
internal sealed class DockerfileLines(string file, string text)
{
    private readonly string[] _lines = text.Split('\n');
    private List<string> _comments = [];
    private int _next;

    // What follows the last line's end is no line.
    private int End => _lines[^1].Length == 0 ? _lines.Length - 1 : _lines.Length;

    /// <summary>How many lines were read.</summary>
    public int Taken => _next;

    public ParserDirectives Directives { get; } = new();

    /// <summary>The next instruction's line; null at the end.</summary>
    public SourceLine? Next()
    {
        while (_next < End)
        {
            var raw = Take(out var number);
            var start = raw.Length - raw.TrimStart().Length;
            var line = raw[start..];
            var directive = Directives.Read(line, new Position(file, number, start + 1));
            if (!line.IsEmpty && line[0] == '#' && !directive) AddComment(raw);
            if (line.IsEmpty || line[0] == '#') continue;

            var joined = new SourceLine(file) { Comments = _comments };
            _comments = [];
            var continues = TrimContinuation(ref line);
            joined.Append(line, number, start + 1);
            while (continues && _next < End)
            {
                var piece = Take(out number);
                var trimmed = piece.TrimStart();
                // After an empty line docker reads on, too.
                joined.HasEmptyContinuation |= trimmed.IsEmpty;
                if (trimmed.IsEmpty || trimmed[0] == '#') continue;
                continues = TrimContinuation(ref piece);
                joined.Append(piece, number, 1);
            }
            joined.LastLine = _next;
            if (string.IsNullOrWhiteSpace(joined.Text)) continue;
            return joined;
        }
        return null;
    }

    /// <summary>Reads a heredoc's body: all of it stays as it is, ends of lines included.</summary>
    public Heredoc ReadHeredoc(Heredoc heredoc, Position position)
    {
        var body = new StringBuilder();
        var first = new Position(file, _next + 1, 1);
        while (_next < End)
        {
            var raw = _lines[_next].AsSpan();
            var line = Take(out _);
            if ((heredoc.TrimTabs ? line.TrimStart('\t') : line).SequenceEqual(heredoc.Name)) return heredoc with { Body = new Word(body.ToString(), first) };
            body.Append(heredoc.TrimTabs ? raw.TrimStart('\t') : raw).Append('\n');
        }
        throw BuildErrors.Syntax(position, $"the heredoc '{heredoc.Name}' has no end", $"Write {heredoc.Name} alone on the line after its content.");
    }

    /// <summary>As BuildKit: the first character goes, whatever it is, and an empty comment forgets those before it (parser.go).</summary>
    private void AddComment(ReadOnlySpan<char> raw)
    {
        var comment = raw[1..].Trim();
        if (comment.IsEmpty) _comments = [];
        else _comments.Add(comment.ToString());
    }

    private ReadOnlySpan<char> Take(out int number)
    {
        number = _next + 1;
        var line = _lines[_next++].AsSpan();
        return line.EndsWith("\r") ? line[..^1] : line;
    }

    private bool TrimContinuation(ref ReadOnlySpan<char> line)
    {
        var end = line.TrimEnd(" \t");
        var escape = Directives.Escape;
        if (end.IsEmpty || end[^1] != escape || (end.Length > 1 && end[^2] == escape)) return false;
        line = end[..^1];
        return true;
    }
}
