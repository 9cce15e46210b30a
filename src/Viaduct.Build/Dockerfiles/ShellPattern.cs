namespace Viaduct.Build.Dockerfiles;

/// <summary>The patterns of <c>${x#…}</c>: <c>*</c>, <c>?</c> and escapes, no brackets.</summary>
internal sealed class ShellPattern
{
    private const char AnyText = '\uE000';
    private const char AnyCharacter = '\uE001';
    private readonly string _tokens;

    private ShellPattern(string tokens) => _tokens = tokens;

    public static ShellPattern Parse(string pattern)
    {
        // A value of a megabyte and a pattern of as much would compare for hours.
        if (pattern.Length > 1024) throw new ShellSyntaxException("a pattern in a substitution has more than 1024 characters");
        var tokens = new System.Text.StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\')
            {
                if (i + 1 == pattern.Length || pattern[i + 1] is not ('}' or '/' or '*' or '?' or '\\'))
                    throw new ShellSyntaxException($"'\\{(i + 1 < pattern.Length ? pattern[i + 1] : ' ')}' is not an escape that a pattern knows");
                tokens.Append(pattern[++i]);
            }
            else tokens.Append(c switch { '*' => AnyText, '?' => AnyCharacter, _ => c });
        }
        return new ShellPattern(tokens.ToString());
    }

    /// <summary>Whether the whole text matches; on a mismatch only the last star is tried again, which is enough without brackets.</summary>
    public bool Matches(ReadOnlySpan<char> text)
    {
        int t = 0, p = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            if (p < _tokens.Length && _tokens[p] == AnyText)
            {
                star = p++;
                mark = t;
            }
            else if (p < _tokens.Length && (_tokens[p] == AnyCharacter || _tokens[p] == text[t]))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++mark;
            }
            else return false;
        }
        while (p < _tokens.Length && _tokens[p] == AnyText) p++;
        return p == _tokens.Length;
    }
}
