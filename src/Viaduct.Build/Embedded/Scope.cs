using Viaduct.Build.Dockerfiles;

namespace Viaduct.Build;

/// <summary>Expands words with the variables that a stage sees at one point.</summary>
internal sealed class Scope(char escape, Variables variables, ExpansionBudget budget)
{
    private readonly ShellLexer _lexer = new(escape);

    // Whatever "# escape=" says (BuildKit, dispatch: shell.NewLex('\\')).
    private readonly ShellLexer _bodies = new('\\') { PlainQuotes = true };

    public Variables Variables => variables;

    public Expanded Expand(Word word) => Make(word, Process(_lexer, word, word));

    public Expanded ExpandBody(Heredoc heredoc) => Make(heredoc.Body, Process(_bodies, heredoc.Body, heredoc.Body with { Text = "<<" + heredoc.Name }));

    /// <summary>Expands and splits: a variable may bring several words.</summary>
    public IReadOnlyList<Expanded> ExpandWords(Word word)
    {
        var expansion = Process(_lexer, word, word);
        var whole = Make(word, expansion);
        return [.. expansion.Words.Select(text => whole with { Text = text, Key = whole.Certain ? text : whole.Key })];
    }

    private Expansion Process(ShellLexer lexer, Word word, Word shown)
    {
        try
        {
            return budget.Spend(lexer.Process(word.Text, variables));
        }
        catch (ShellSyntaxException e)
        {
            throw BuildErrors.Expansion(shown, e.Message);
        }
    }

    private Expanded Make(Word word, Expansion expansion)
    {
        if (!variables.Open || expansion.Unmatched.Count == 0) return new Expanded(word, expansion.Text, expansion.Text, Certain: true);
        var known = expansion.Matched.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"\0{m.Key}={m.Value}");
        // Written the same, it means something else after another "# escape=".
        return new Expanded(word, expansion.Text, $"{escape}{word.Text}{string.Concat(known)}", Certain: false);
    }
}
