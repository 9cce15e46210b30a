using Viaduct.Oci;

namespace Viaduct.Build.Dockerfiles;

/// <summary>Expands a stage's words, and reports the variables that nothing sets.</summary>
internal sealed class StageVariables(StageState state, GlobalScope globals, char escape, Violations violations)
{
    // They are no variables of the container (BuildKit, nonEnvArgs).
    private static readonly string[] NoVariables = ["BUILDKIT_SBOM_SCAN_CONTEXT", "BUILDKIT_SBOM_SCAN_STAGE"];

    // Each undefined name is compared with each of them.
    private const int Candidates = 100;

    private readonly ShellLexer _lexer = new(escape);
    private readonly ShellLexer _bodies = new('\\') { PlainQuotes = true };

    public string Expand(Word word, CheckPlace place) => Report(Process(_lexer, word), place);

    public void ExpandBody(Heredoc heredoc, CheckPlace place) => Report(Process(_bodies, heredoc.Body), place);

    /// <summary>Of EXPOSE, which reports nothing.</summary>
    public IReadOnlyList<string> ExpandWords(Word word) => Process(_lexer, word).Words;

    /// <summary>As <see cref="StageSteps"/>, but a global without a value leaves the name as it was.</summary>
    public void Declare(string name, Word? value, CheckPlace place)
    {
        var known = globals.Args.TryGetValue(name, out var passed) ? passed
            : value is { } word ? Expand(word, place)
            : globals.ValueFor(name);
        if (known is not null && !NoVariables.Contains(name)) state.Variables[name] = known;
        state.Arguments.Add(name);
    }

    private string Report(Expansion expansion, CheckPlace place)
    {
        foreach (var name in expansion.Unmatched.Where(n => !state.Arguments.Contains(n) && !NoVariables.Contains(n)))
            violations.Add(CheckRules.UndefinedVar, $"nothing sets ${name}{(Nearest.To(name, state.Variables.Names.Take(Candidates)) is { } nearest ? $"; did you mean ${nearest}?" : "")}", place.Position, place.Lines);
        return expansion.Text;
    }

    private Expansion Process(ShellLexer lexer, Word word)
    {
        try
        {
            return globals.Budget.Spend(lexer.Process(word.Text, state.Variables));
        }
        catch (ShellSyntaxException e)
        {
            throw BuildErrors.Expansion(word, e.Message);
        }
    }
}
