using Viaduct.Build.Dockerfiles;

namespace Viaduct.Build.Engines;

/// <summary>Changes of a text at places that were found in it: all else stays as it is, to the last blank.</summary>
internal sealed class TextEdits(string text)
{
    private readonly string[] _lines = text.Split('\n');
    private readonly Dictionary<(int Line, int Column), (int Length, string Text)> _edits = [];
    private readonly SortedDictionary<int, string> _before = [];

    /// <summary>What stands from a place to the end of its line, which a continuation ends, too.</summary>
    public ReadOnlySpan<char> At(Position position) =>
        position.Line <= _lines.Length && position.Column <= _lines[position.Line - 1].Length
            ? _lines[position.Line - 1].AsSpan(position.Column - 1).TrimEnd('\r')
            : default;

    public void Replace(Position position, int offset, int length, string by) => _edits[(position.Line, position.Column + offset)] = (length, by);

    /// <summary>Puts lines before another; the text says how they end.</summary>
    public void InsertBefore(int line, string text) => _before[line] = text;

    public string Finish()
    {
        var lines = (string[])_lines.Clone();
        foreach (var ((line, column), (length, by)) in _edits.OrderByDescending(e => e.Key.Line).ThenByDescending(e => e.Key.Column))
            lines[line - 1] = string.Concat(lines[line - 1].AsSpan(0, column - 1), by, lines[line - 1].AsSpan(column - 1 + length));
        foreach (var (line, before) in _before) lines[line - 1] = before + lines[line - 1];
        return string.Join('\n', lines);
    }
}
