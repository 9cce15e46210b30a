namespace Viaduct.Simulation;

/// <summary>One character of a <see cref="GoGlob"/>, or its star.</summary>
internal sealed class GlobStep
{
    private static readonly GlobStep Star = new([], false);
    private static readonly GlobStep Any = new([('\0', char.MaxValue)], false);

    private readonly IReadOnlyList<(char Low, char High)> ranges;
    private readonly bool negated;

    private GlobStep(IReadOnlyList<(char Low, char High)> ranges, bool negated)
    {
        this.ranges = ranges;
        this.negated = negated;
    }

    public bool IsStar => ReferenceEquals(this, Star);

    public bool Takes(char c)
    {
        foreach (var (low, high) in ranges)
            if (c >= low && c <= high)
                return !negated;
        return negated;
    }

    /// <summary>Null for a pattern that Go refuses (ErrBadPattern): an open bracket, nothing after a backslash, an empty class.</summary>
    public static IReadOnlyList<GlobStep>? Read(string pattern)
    {
        var steps = new List<GlobStep>();
        for (var at = 0; at < pattern.Length;)
        {
            var c = pattern[at];
            if (c == '[')
            {
                if (Class(pattern, ref at) is not { } step) return null;
                steps.Add(step);
                continue;
            }
            at++;
            if (c == '\\')
            {
                if (at == pattern.Length) return null;
                c = pattern[at++];
                steps.Add(new([(c, c)], false));
            }
            else
            {
                steps.Add(c switch { '*' => Star, '?' => Any, _ => new([(c, c)], false) });
            }
        }
        return steps;
    }

    private static GlobStep? Class(string pattern, ref int at)
    {
        at++;
        var negated = at < pattern.Length && pattern[at] == '^';
        if (negated) at++;
        var ranges = new List<(char, char)>();
        while (at < pattern.Length && !(pattern[at] == ']' && ranges.Count > 0))
        {
            if (!End(pattern, ref at, out var low)) return null;
            var high = low;
            if (pattern[at] == '-')
            {
                at++;
                if (!End(pattern, ref at, out high)) return null;
            }
            ranges.Add((low, high));
        }
        if (at >= pattern.Length) return null;
        at++;
        return new(ranges, negated);
    }

    /// <summary>One end of a range; something has to follow it, if only the closing bracket.</summary>
    private static bool End(string pattern, ref int at, out char c)
    {
        c = '\0';
        if (at >= pattern.Length || pattern[at] is '-' or ']') return false;
        if (pattern[at] == '\\' && ++at >= pattern.Length) return false;
        c = pattern[at++];
        return at < pattern.Length;
    }
}
