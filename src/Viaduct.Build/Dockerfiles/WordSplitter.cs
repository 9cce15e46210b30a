using System.Text;

namespace Viaduct.Build.Dockerfiles;

/// <summary>Cuts an instruction's arguments into words, before any variable is looked at (BuildKit, parser/line_parsers.go).</summary>
internal static class WordSplitter
{
    /// <summary>By blanks alone: FROM, EXPOSE, COPY without brackets.</summary>
    public static List<Word> ByBlanks(SourceLine line, int start, int end)
    {
        var words = new List<Word>();
        for (var at = start; at < end;)
        {
            if (char.IsWhiteSpace(line.Text[at]))
            {
                at++;
                continue;
            }
            var from = at;
            while (at < end && !char.IsWhiteSpace(line.Text[at])) at++;
            words.Add(line.Slice(from, at));
        }
        return words;
    }

    /// <summary>By blanks outside quotes: ENV, LABEL, ARG. Quotes and escapes stay for the expansion.</summary>
    public static List<Word> ByQuotes(SourceLine line, int start, int end, char escape)
    {
        var words = new List<Word>();
        var word = new StringBuilder();
        int from = -1;
        char quote = '\0';
        for (var at = start; at < end; at++)
        {
            var c = line.Text[at];
            if (from < 0)
            {
                if (char.IsWhiteSpace(c)) continue;
                from = at;
            }
            if (quote == '\0' && char.IsWhiteSpace(c))
            {
                words.Add(new Word(word.ToString(), line.At(from)));
                word.Clear();
                from = -1;
                continue;
            }
            if (c == escape && quote != '\'')
            {
                if (at + 1 == end) continue;
                word.Append(c).Append(line.Text[++at]);
                continue;
            }
            if (quote == '\0' && c is '\'' or '"') quote = c;
            else if (c == quote) quote = '\0';
            word.Append(c);
        }
        if (from >= 0 && word.Length > 0) words.Add(new Word(word.ToString(), line.At(from)));
        return words;
    }
}
