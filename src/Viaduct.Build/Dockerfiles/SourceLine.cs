using System.Text;

namespace Viaduct.Build.Dockerfiles;

/// <summary>One instruction's text with its continuation lines joined, which still knows where each character stood.</summary>
internal sealed class SourceLine(string file)
{
    private readonly StringBuilder _text = new();
    private readonly List<(int Offset, int Line, int Column)> _pieces = [];
    private string? _joined;

    public string Text => _joined ??= _text.ToString();

    public void Append(ReadOnlySpan<char> piece, int line, int column)
    {
        _joined = null;
        _pieces.Add((_text.Length, line, column));
        _text.Append(piece);
    }

    public Position At(int offset)
    {
        var piece = _pieces[0];
        foreach (var next in _pieces)
        {
            if (next.Offset > offset) break;
            piece = next;
        }
        return new Position(file, piece.Line, piece.Column + offset - piece.Offset);
    }

    public Word Slice(int start, int end) => new(Text[start..end], At(start));
}
