namespace Viaduct.Build.Dockerfiles;

/// <summary>The opening of a heredoc: <c>&lt;&lt;EOF</c>, <c>&lt;&lt;-"EOF"</c>.</summary>
/// <param name="Expand">No part of the name is in quotes: variables in the body are replaced.</param>
internal sealed record Heredoc(string Name, bool TrimTabs, bool Expand)
{
    /// <summary>The lines up to the one that is the name, each with its end; without the tabs before them when that was asked for.</summary>
    public Word Body { get; init; }

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

    /// <exception cref="ShellSyntaxException">The name has a quote without an end.</exception>
    public static Heredoc? Parse(string word)
    {
        var rest = word.AsSpan().TrimStart("0123456789");
        if (!rest.StartsWith("<<")) return null;
        rest = rest[2..];
        var trimTabs = rest.StartsWith("-");
        if (trimTabs) rest = rest[1..];
        if (rest.IsEmpty || rest.Contains('<')) return null;
        var name = rest.ToString();
        var words = new ShellLexer('\\') { KeepUnset = true }.Process(name, NoVariables).Words;
        if (words.Count != 1) return null;
        var asWritten = new ShellLexer('\\') { KeepUnset = true, RawQuotes = true }.Process(name, NoVariables).Words;
        return new Heredoc(words[0], trimTabs, Expand: asWritten.SequenceEqual(words));
    }
}
