namespace Viaduct.Build.Dockerfiles;

/// <summary>The opening of a heredoc: <c>&lt;&lt;EOF</c>, <c>&lt;&lt;-"EOF"</c>.</summary>
internal sealed record Heredoc(string Name, bool TrimTabs)
{
    /// <summary>The heredocs that a line opens, in order (BuildKit, parser.go heredocsFromLine: only words count, quotes kept).</summary>
    public static IReadOnlyList<Heredoc> In(string text, char escape)
    {
        if (!text.Contains("<<", StringComparison.Ordinal)) return [];
        try
        {
            var lexer = new ShellLexer(escape) { RawQuotes = true, RawEscapes = true, KeepUnset = true };
            return [.. lexer.Process(text, NoVariables).Words.Select(Parse).OfType<Heredoc>()];
        }
        catch (ShellSyntaxException)
        {
            return [];
        }
    }

    private static readonly Variables NoVariables = new();

    private static Heredoc? Parse(string word)
    {
        var rest = word.AsSpan().TrimStart("0123456789");
        if (!rest.StartsWith("<<")) return null;
        rest = rest[2..];
        var trimTabs = rest.StartsWith("-");
        if (trimTabs) rest = rest[1..];
        if (rest.IsEmpty || rest.Contains('<')) return null;
        var name = rest.ToString();
        var words = new ShellLexer('\\').Process(name, NoVariables).Words;
        return words.Count == 1 ? new Heredoc(words[0], trimTabs) : null;
    }
}
