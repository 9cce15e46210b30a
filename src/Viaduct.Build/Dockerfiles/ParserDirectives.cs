namespace Viaduct.Build.Dockerfiles;

/// <summary>
/// The comments at the very top that steer the reading: <c># escape=`</c>, <c># syntax=…</c>, <c># check=…</c>.
/// The first line that is none of them ends the search (BuildKit, parser/directives.go).
/// </summary>
internal sealed class ParserDirectives
{
    private readonly HashSet<string> _seen = [];
    private bool _done;
    private bool _first = true;
    private bool _shebang;

    public const char DefaultEscape = '\\';

    public char Escape { get; private set; } = DefaultEscape;

    public CheckDirective? Check { get; private set; }

    /// <returns>Whether the line is a directive.</returns>
    public bool Read(ReadOnlySpan<char> line, Position position)
    {
        var first = _first;
        _first = false;
        if (_done && !_shebang) return false;
        if (!TrySplit(line, out var key, out var value) || key is not ("escape" or "syntax" or "check"))
        {
            // Below a line #!, BuildKit finds # check= and nothing else.
            _shebang = first && line.StartsWith("#!");
            _done = true;
            return false;
        }
        if (key == "check") Check ??= new CheckDirective(value.Split(' ', 2)[0], position);
        if (_done) return false;
        if (!_seen.Add(key)) throw BuildErrors.Syntax(position, $"the parser directive '{key}' stands here for a second time", "Keep one of them.");
        if (key == "escape")
            Escape = value is "\\" or "`" ? value[0]
                : throw BuildErrors.Syntax(position, $"'{value}' cannot be the escape character", "Write # escape=\\ or # escape=`.");
        return true;
    }

    private static bool TrySplit(ReadOnlySpan<char> line, out string key, out string value)
    {
        key = value = "";
        if (line.IsEmpty || line[0] != '#') return false;
        var equals = line.IndexOf('=');
        if (equals < 0) return false;
        var name = line[1..equals].Trim();
        var rest = line[(equals + 1)..].Trim();
        if (name.IsEmpty || rest.IsEmpty || !char.IsAsciiLetter(name[0])) return false;
        foreach (var c in name)
            if (!char.IsAsciiLetterOrDigit(c)) return false;
        key = name.ToString().ToLowerInvariant();
        value = rest.ToString();
        return true;
    }
}
