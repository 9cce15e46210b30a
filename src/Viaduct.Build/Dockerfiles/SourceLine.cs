using System.Text;

namespace Viaduct.Build.Dockerfiles;

/// <summary>One instruction's text with its continuation lines joined, which still knows where each character stood.</summary>
internal sealed class SourceLine(string file)
{
    private readonly StringBuilder _text = new();
    private readonly List<(int Offset, int Line, int Column)> _pieces = [];
    private string? _joined;

    public string Text => _joined ??= _text.ToString();

    public int FirstLine => _pieces[0].Line;

    /// <summary>The last one that was read for it, be it empty or a comment.</summary>
    public int LastLine { get; set; }

    public bool HasEmptyContinuation { get; set; }

    /// <summary>What stands before it, see <see cref="Written.Comments"/>.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    public string FirstWord
    {
        get
        {
            var text = Text.AsSpan().TrimStart();
            var end = 0;
            while (end < text.Length && !char.IsWhiteSpace(text[end])) end++;
            return text[..end].ToString();
        }
    }

    public void Append(ReadOnlySpan<char> piece, int line, int column)
    {
        _joined = null;
        _pieces.Add((_text.Length, line, column));
        _text.Append(piece);
    }

    public Position At(int offset)
    {
        // By halves: one instruction may have as many lines as words.
        var (first, end) = (0, _pieces.Count);
        while (end - first > 1)
        {
            var middle = (first + end) / 2;
            if (_pieces[middle].Offset > offset) end = middle;
            else first = middle;
        }
        var piece = _pieces[first];
        return new Position(file, piece.Line, piece.Column + offset - piece.Offset);
    }

    public Word Slice(int start, int end) => new(Text[start..end], At(start));
}
