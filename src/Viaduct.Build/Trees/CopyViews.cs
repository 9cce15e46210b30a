using Viaduct.Build.Dockerfiles;

namespace Viaduct.Build;

/// <summary>What a source of COPY means with <c>--exclude</c> and <c>--parents</c>.</summary>
internal static class CopyViews
{
    /// <param name="find">Finds a source's path or pattern without them.</param>
    public static IReadOnlyList<CopySource> Of(CopyInstruction copy, Step step, Expanded source, Func<Word, string, IReadOnlyList<CopySource>> find)
    {
        if (copy is { Parents: false, Excludes.Count: 0 }) return find(source.Word, source.Text);
        // Up to the pivot nothing is kept; without one all is (BuildKit, dispatchCopy).
        var pivot = copy.Parents ? source.Text.IndexOf("/./", StringComparison.Ordinal) : -1;
        var start = !copy.Parents ? source.Text : pivot < 0 ? "/" : source.Text[..pivot];
        var found = find(source.Word, start);
        var include = copy.Parents ? Include(source, source.Text[(pivot < 0 ? 0 : pivot + 3)..], start, found, find) : null;
        var excludes = IgnoreFile.Of(step.Excludes);
        return [.. found.Select(f =>
        {
            var node = TreeFilter.Without(f.Node, excludes);
            return f with { Node = include is null ? node : TreeFilter.Only(node, include) };
        })];
    }

    private static IncludePattern Include(Expanded source, string text, string start, IReadOnlyList<CopySource> found, Func<Word, string, IReadOnlyList<CopySource>> find)
    {
        var path = SlashPath.Clean(text.TrimStart('/'));
        if (path == ".." || path.StartsWith("../", StringComparison.Ordinal)) throw BuildErrors.OutsideContext(source.Word, source.Text);
        if (!Glob.IsPattern(path) && !path.Contains('\\') && !found.Any(f => new FileTree(f.Node).Find(path) is not null))
        {
            find(source.Word, start + "/" + path);
            throw BuildErrors.BadValue(source.Word, $"'{source.Text}' leads through a symbolic link, and --parents does not follow one", "Name the path without the link.");
        }
        try
        {
            return new IncludePattern(path);
        }
        catch (FormatException e)
        {
            throw BuildErrors.BadPattern(source.Word.Position.ToString(), path, e.Message);
        }
    }
}
