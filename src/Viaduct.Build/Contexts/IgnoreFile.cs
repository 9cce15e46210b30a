namespace Viaduct.Build;

/// <summary>
/// The patterns of a .dockerignore file: the last one that matches a path, or a folder above it, decides; <c>!</c> takes back
/// (moby/patternmatcher, MatchesOrParentMatches; ignorefile.ReadAll).
/// </summary>
internal sealed class IgnoreFile
{
    private const int MaxSize = 1 << 20;
    private readonly List<(Glob Glob, bool Exception, int Line)> _patterns = [];

    public static readonly IgnoreFile None = new("");

    private IgnoreFile(string path) => Path = path;

    public string Path { get; }

    /// <summary>Whether something below an ignored folder may still be wanted.</summary>
    public bool HasExceptions { get; private set; }

    /// <summary><c>NAME.dockerignore</c> beside the Dockerfile NAME, else <c>.dockerignore</c> in the context's root.</summary>
    public static IgnoreFile Find(string context, string dockerfile)
    {
        foreach (var path in (string[])[dockerfile + ".dockerignore", System.IO.Path.Combine(context, ".dockerignore")])
            if (FileStatus.Of(path, follow: true) is { Kind: FileKind.File } status)
            {
                if (status.Size > MaxSize) throw BuildErrors.IgnoreFileTooLarge(path, MaxSize);
                try
                {
                    return Parse(path, File.ReadAllText(path));
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    throw BuildErrors.ContextUnreadable(path, e.Message, e);
                }
            }
        return None;
    }

    public static IgnoreFile Parse(string path, string text)
    {
        var lines = text.Split('\n');
        var file = new IgnoreFile(path);
        for (var i = 0; i < lines.Length; i++)
        {
            var line = i == 0 ? lines[0].TrimStart('\uFEFF') : lines[i];
            if (line.StartsWith('#')) continue;
            file.Add(line, i + 1, $"{path}:{i + 1}:1");
        }
        return file;
    }

    /// <summary>The patterns of <c>--exclude</c>, which know no comments.</summary>
    public static IgnoreFile Of(IEnumerable<Expanded> patterns)
    {
        var file = new IgnoreFile("--exclude");
        foreach (var pattern in patterns) file.Add(pattern.Text, file._patterns.Count + 1, pattern.Word.Position.ToString());
        return file;
    }

    private void Add(string line, int number, string where)
    {
        var pattern = line.Trim();
        if (pattern.Length == 0) return;
        var exception = pattern[0] == '!';
        if (exception) pattern = pattern[1..].Trim();
        if (pattern.Length == 0) throw BuildErrors.BadPattern(where, "!", "nothing follows '!'");
        pattern = SlashPath.Clean(pattern);
        if (pattern.Length > 1 && pattern[0] == '/') pattern = pattern[1..];
        // "." and "./": docker cleans them to a path that nothing has.
        if (pattern.Length == 0) return;
        try
        {
            _patterns.Add((Glob.Ignore(pattern), exception, number));
            HasExceptions |= exception;
        }
        catch (FormatException e)
        {
            throw BuildErrors.BadPattern(where, pattern, e.Message);
        }
    }

    public bool Ignores(string path) => IgnoredBy(path) is not null;

    /// <summary>The file and line of the pattern that leaves a path out; null when none does.</summary>
    public string? IgnoredBy(string path)
    {
        var line = 0;
        foreach (var pattern in _patterns)
            if (pattern.Exception == line > 0 && pattern.Glob.MatchesAtOrAbove(path)) line = pattern.Exception ? 0 : pattern.Line;
        return line == 0 ? null : $"{Path}:{line}";
    }

    /// <summary>Whether a source is left out as it is written, <c>./a</c> never (moby/patternmatcher, MatchesOrParentMatches with a path that is not cleaned).</summary>
    public bool Names(string source)
    {
        var slash = source.LastIndexOf('/');
        var parent = slash < 0 ? "." : SlashPath.Clean(source[..(slash + 1)]);
        if (slash == 0) parent = "/";
        var ignored = false;
        foreach (var pattern in _patterns)
            if (pattern.Exception == ignored && (pattern.Glob.Matches(source) || (parent != "." && IsAbove(pattern.Glob, parent)))) ignored = !pattern.Exception;
        return ignored;
    }

    private static bool IsAbove(Glob glob, string parent)
    {
        for (var end = parent.Length; end >= 0; end = end == 0 ? -1 : parent.LastIndexOf('/', end - 1))
            if (glob.Matches(parent.AsSpan(0, end))) return true;
        return false;
    }
}
