namespace Viaduct.Simulation;

/// <summary>
/// A pattern of Go's path/filepath.Match for text without a slash: <c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>[^a-z]</c>, <c>\c</c>.
/// A pattern that is none matches nothing.
/// </summary>
internal sealed class GoGlob
{
    private readonly IReadOnlyList<GlobStep>? steps;
    private readonly string? literal;

    public GoGlob(string pattern)
    {
        if (pattern.AsSpan().IndexOfAny("*?[\\") < 0)
            literal = pattern;
        else
            steps = GlobStep.Read(pattern);
    }

    public bool IsLiteral => literal is not null;

    public bool IsBad => literal is null && steps is null;

    public bool Matches(string text) =>
        literal is not null ? literal == text : steps is not null && Walk(steps, text);

    /// <summary>On a mismatch the last star takes one character more: as far as any earlier star could have gone, that one reaches as well.</summary>
    private static bool Walk(IReadOnlyList<GlobStep> steps, string text)
    {
        int step = 0, at = 0, star = -1, taken = 0;
        while (at < text.Length)
        {
            if (step < steps.Count && steps[step].IsStar)
            {
                star = step++;
                taken = at;
            }
            else if (step < steps.Count && steps[step].Takes(text[at]))
            {
                step++;
                at++;
            }
            else if (star >= 0)
            {
                step = star + 1;
                at = ++taken;
            }
            else
            {
                return false;
            }
        }
        while (step < steps.Count && steps[step].IsStar)
            step++;
        return step == steps.Count;
    }
}
