namespace Viaduct.Build;

/// <summary>What <c>COPY --parents</c> copies of a folder: a path, or a pattern in which <c>**</c> is any number of folders.</summary>
internal sealed class IncludePattern
{
    private readonly Glob? _glob;
    private readonly Glob[] _leading;

    /// <param name="text">Cleaned and relative; nothing means everything.</param>
    /// <exception cref="FormatException">It is malformed.</exception>
    public IncludePattern(string text)
    {
        _glob = text.Length == 0 ? null : Glob.Ignore(text);
        _leading = [.. text.Split('/').TakeWhile(part => !part.Contains("**", StringComparison.Ordinal)).Select(Glob.Path)];
        IsDeep = text.Contains("**", StringComparison.Ordinal);
    }

    private bool IsDeep { get; }

    public bool Matches(string path) => _glob?.Matches(path) ?? true;

    /// <summary>False where no name below a folder can match, so that its content need not be read.</summary>
    public bool MayMatchBelow(string folder)
    {
        var parts = folder.Split('/');
        if (!IsDeep && parts.Length >= _leading.Length) return false;
        return parts.Zip(_leading).All(pair => pair.Second.Matches(pair.First));
    }
}
