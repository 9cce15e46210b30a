namespace Viaduct.Build;

/// <summary>
/// Patterns over slash-separated paths. <see cref="Path"/> reads them as Go's path/filepath.Match, <see cref="Ignore"/> with the <c>**</c> of
/// .dockerignore (moby/patternmatcher). All tokens are followed at once, so no pattern takes more than length × length steps.
/// </summary>
internal sealed class Glob
{
    private readonly GlobToken[] _tokens;

    private Glob(List<GlobToken> tokens) => _tokens = [.. tokens];

    /// <exception cref="FormatException">The pattern is malformed.</exception>
    public static Glob Path(string pattern) => new(GlobReader.Read(pattern, deep: false));

    /// <exception cref="FormatException">The pattern is malformed.</exception>
    public static Glob Ignore(string pattern) => new(GlobReader.Read(pattern, deep: true));

    /// <summary>Whether a word has wildcards at all (fsutil, copy.go containsWildcards).</summary>
    public static bool IsPattern(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] is '*' or '?' or '[') return true;
        }
        return false;
    }

    /// <summary>Whether it matches a path or a folder above it.</summary>
    public bool MatchesAtOrAbove(string path)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
            if (Matches(path.AsSpan(0, end))) return true;
        return false;
    }

    public bool Matches(ReadOnlySpan<char> path)
    {
        var size = _tokens.Length + 1;
        // now[i]: the tokens before i are done. inside[i]: a '**/' at i has begun and waits for a slash.
        Span<bool> now = size <= 128 ? stackalloc bool[size] : new bool[size];
        Span<bool> next = size <= 128 ? stackalloc bool[size] : new bool[size];
        Span<bool> inside = size <= 128 ? stackalloc bool[size] : new bool[size];
        now.Clear();
        inside.Clear();
        now[0] = true;
        foreach (var c in path)
        {
            PassEmpty(now);
            next.Clear();
            for (var i = 0; i < _tokens.Length; i++)
            {
                var kind = _tokens[i].Kind;
                if (kind == GlobKind.Folders)
                {
                    inside[i] |= now[i];
                    if (inside[i] && c == '/') next[i + 1] = true;
                }
                else if (!now[i]) continue;
                else if (kind == GlobKind.Anything || (kind == GlobKind.Some && c != '/')) next[i] = true;
                else if (_tokens[i].Takes(c)) next[i + 1] = true;
            }
            var swap = now;
            now = next;
            next = swap;
        }
        PassEmpty(now);
        return now[_tokens.Length];
    }

    private void PassEmpty(Span<bool> states)
    {
        for (var i = 0; i < _tokens.Length; i++)
            if (states[i] && _tokens[i].Kind is GlobKind.Some or GlobKind.Anything or GlobKind.Folders) states[i + 1] = true;
    }
}
