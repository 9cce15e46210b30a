namespace Viaduct.Build;

/// <summary>
/// Patterns that choose files of a folder, in the language of .dockerignore: a folder stands for all in it, <c>!</c> takes out again, the last
/// one that matches decides. Unlike there they may lead out of the folder, with <c>..</c> in front.
/// </summary>
public sealed class InputPatterns
{
    private readonly List<(Glob Glob, bool Exception)> _patterns = [];
    private readonly bool[] _used;

    /// <exception cref="FormatException">One of them is malformed; the message begins with it.</exception>
    public InputPatterns(string folder, IReadOnlyList<string> texts)
    {
        var starts = new List<string>();
        foreach (var text in texts)
        {
            var exception = text.StartsWith('!');
            var (start, pattern) = Anchor(folder, exception ? text[1..].Trim() : text.Trim());
            try
            {
                _patterns.Add((Glob.Ignore(pattern), exception));
            }
            catch (FormatException e)
            {
                throw new FormatException($"'{text}' is no pattern: {e.Message}", e);
            }
            if (!exception) starts.Add(start);
        }
        _used = [.. _patterns.Select(p => p.Exception)];
        Starts = [.. starts.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The paths at and below which all that is chosen lies.</summary>
    internal IReadOnlyList<string> Starts { get; }

    /// <summary>The positions of the patterns by which nothing was chosen.</summary>
    public IEnumerable<int> Unused => Enumerable.Range(0, _used.Length).Where(i => !_used[i]);

    /// <summary>Whether a path, which need not exist, is chosen by one pattern alone.</summary>
    public bool Names(int position, string path) => _patterns[position].Glob.MatchesAtOrAbove(path);

    internal bool Chooses(string path)
    {
        var matching = new List<int>();
        for (var i = 0; i < _patterns.Count; i++)
        {
            if (!_patterns[i].Glob.MatchesAtOrAbove(path)) continue;
            if (_patterns[i].Exception) matching.Clear();
            else matching.Add(i);
        }
        foreach (var i in matching) _used[i] = true;
        return matching.Count > 0;
    }

    /// <summary>The path as it is spelled from a folder in only one way: <c>../web/out</c> in a folder <c>web</c> is <c>out</c>.</summary>
    public static string Canonical(string folder, string path)
    {
        var relative = Path.GetRelativePath(folder, Path.GetFullPath(path.Length == 0 ? "." : path, folder)).Replace(Path.DirectorySeparatorChar, '/');
        return relative == "." ? "" : relative;
    }

    private static (string Start, string Pattern) Anchor(string folder, string text)
    {
        var parts = text.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var plain = parts.TakeWhile(p => !Glob.IsPattern(p) && !p.Contains('\\')).ToList();
        var start = Canonical(folder, string.Join('/', plain));
        // Names that lead here are names, whatever stands in them.
        var escaped = string.Concat(start.Select(c => c is '*' or '?' or '[' or '\\' ? $"\\{c}" : $"{c}"));
        var pattern = string.Join('/', [.. escaped.Length == 0 ? (string[])[] : [escaped], .. parts.Skip(plain.Count)]);
        return (start, pattern.Length == 0 ? "**" : pattern);
    }
}
