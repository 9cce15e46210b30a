namespace Viaduct.Build.Dockerfiles;

/// <summary>The modifiers of <c>${name…}</c> (BuildKit, shell/lex.go): <c>- + ? # ## % %% / //</c>.</summary>
internal sealed class ShellSubstitution
{
    // Each start is compared with each length: what is longer would take minutes.
    private const int MaxPatternValue = 1024;

    public string Apply(char modifier, string name, string word, string value, bool set, bool emptyIsUnset)
    {
        var missing = !set || (emptyIsUnset && value.Length == 0);
        switch (modifier)
        {
            case '-':
                return missing ? word : value;
            case '+':
                return missing ? "" : word;
            case '?':
                if (!missing) return value;
                throw new ShellSyntaxException($"{name}: {(word.Length > 0 ? word : set ? "it must not be empty" : "it must be set")}");
            default:
                Bound(value);
                var longest = word.Length > 0 && word[0] == modifier;
                var pattern = ShellPattern.Parse(longest ? word[1..] : word);
                return modifier == '#' ? TrimStart(value, pattern, longest) : TrimEnd(value, pattern, longest);
        }
    }

    /// <summary>The longest match at each place, the first place alone or all.</summary>
    public string Replace(string value, string pattern, string replacement, bool all)
    {
        var shell = ShellPattern.Parse(pattern);
        Bound(value);
        var result = new System.Text.StringBuilder();
        var at = 0;
        while (at <= value.Length)
        {
            var length = Lengths(value.Length - at, longest: true).FirstOrDefault(n => shell.Matches(value.AsSpan(at, n)), -1);
            if (length >= 0)
            {
                result.Append(replacement);
                at += length;
                if (!all) break;
            }
            if (length <= 0 && at < value.Length) result.Append(value[at]);
            if (length <= 0) at++;
        }
        return at < value.Length ? result.Append(value, at, value.Length - at).ToString() : result.ToString();
    }

    private static void Bound(string value)
    {
        if (value.Length > MaxPatternValue) throw new ShellSyntaxException($"a value of more than {MaxPatternValue} characters cannot be compared with a pattern");
    }

    private static string TrimStart(string value, ShellPattern pattern, bool longest)
    {
        foreach (var length in Lengths(value.Length, longest))
            if (pattern.Matches(value.AsSpan(0, length))) return value[length..];
        return value;
    }

    private static string TrimEnd(string value, ShellPattern pattern, bool longest)
    {
        foreach (var length in Lengths(value.Length, longest))
            if (pattern.Matches(value.AsSpan(value.Length - length))) return value[..^length];
        return value;
    }

    private static IEnumerable<int> Lengths(int count, bool longest)
    {
        var lengths = Enumerable.Range(0, count + 1);
        return longest ? lengths.Reverse() : lengths;
    }
}
