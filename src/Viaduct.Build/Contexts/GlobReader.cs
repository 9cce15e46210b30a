namespace Viaduct.Build;

/// <summary>Turns the text of a pattern into its tokens.</summary>
internal static class GlobReader
{
    // A path has at most 4096 bytes; a longer pattern is a mistake.
    private const int MaxLength = 8192;

    public static List<GlobToken> Read(string pattern, bool deep)
    {
        if (pattern.Length > MaxLength) throw new FormatException($"it has more than {MaxLength} characters");
        var tokens = new List<GlobToken>();
        for (var at = 0; at < pattern.Length;)
        {
            var c = pattern[at++];
            switch (c)
            {
                case '*' when deep && at < pattern.Length && pattern[at] == '*':
                    at++;
                    Deep(pattern, ref at, tokens);
                    break;
                case '*':
                    if (tokens is not [.., { Kind: GlobKind.Some }]) tokens.Add(new GlobToken(GlobKind.Some));
                    break;
                case '?':
                    tokens.Add(new GlobToken(GlobKind.One));
                    break;
                case '[':
                    tokens.Add(Class(pattern, ref at));
                    break;
                case '\\':
                    if (at == pattern.Length) throw new FormatException("nothing follows the last '\\'");
                    tokens.Add(new GlobToken(GlobKind.Literal, pattern[at++]));
                    break;
                default:
                    tokens.Add(new GlobToken(GlobKind.Literal, c));
                    break;
            }
        }
        return tokens;
    }

    private static void Deep(string pattern, ref int at, List<GlobToken> tokens)
    {
        var first = at == 2;
        var slash = at < pattern.Length && pattern[at] == '/';
        if (slash) at++;
        // '**' at the end takes everything; and so does one that plain text follows at once, so that **.log finds a.log, as in docker.
        var plainSuffix = first && !slash && !pattern.AsSpan(at).ContainsAny("*?[]\\");
        tokens.Add(new GlobToken(at == pattern.Length || plainSuffix ? GlobKind.Anything : GlobKind.Folders));
    }

    private static GlobToken Class(string pattern, ref int at)
    {
        var negated = at < pattern.Length && pattern[at] == '^';
        if (negated) at++;
        var ranges = new List<(char, char)>();
        while (true)
        {
            if (at < pattern.Length && pattern[at] == ']' && ranges.Count > 0)
            {
                at++;
                return new GlobToken(GlobKind.Class, Negated: negated, Ranges: ranges);
            }
            var from = Member(pattern, ref at);
            var to = from;
            if (at < pattern.Length && pattern[at] == '-')
            {
                at++;
                to = Member(pattern, ref at);
            }
            ranges.Add((from, to));
        }
    }

    private static char Member(string pattern, ref int at)
    {
        if (at >= pattern.Length) throw new FormatException("the closing ']' is missing");
        var c = pattern[at++];
        if (c is '-' or ']') throw new FormatException($"'{c}' stands in brackets without '\\' before it");
        if (c != '\\') return c;
        return at < pattern.Length ? pattern[at++] : throw new FormatException("nothing follows the last '\\'");
    }
}
