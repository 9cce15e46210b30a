using System.Text;

namespace Viaduct.Build.Dockerfiles;

/// <summary>
/// Quotes, escapes and <c>$variables</c> by the rules of BuildKit's shell lexer (shell/lex.go), which are near to a POSIX shell's and not equal.
/// Words are split after the substitution: what a variable brings splits, what stands in quotes does not.
/// </summary>
internal sealed class ShellLexer(char escape)
{
    public bool RawQuotes { get; init; }
    /// <summary>Quotes are characters like others, as in the body of a heredoc.</summary>
    public bool PlainQuotes { get; init; }

    public bool RawEscapes { get; init; }
    public bool KeepUnset { get; init; }

    public Expansion Process(string text, Variables variables)
    {
        var run = new ShellReader(this, escape, text, variables);
        var result = new StringBuilder();
        var words = run.UntilEnd(result);
        return new Expansion(result.ToString(), words, run.Matched, run.Unmatched);
    }
}
