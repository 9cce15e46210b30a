using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>
/// What files are, in words that change when they do: kind, executable bit, content or target; never a time. Digests are remembered while
/// inode, size and times stay the same.
/// </summary>
public sealed class FileStates
{
    private static readonly HashSet<string> Skipped = [".git", ".viaduct"];
    private readonly ContentHashes _hashes = new();

    /// <summary>A path of a folder and all below it, by path from the folder; nothing when nothing is there. Links are not followed.</summary>
    /// <param name="limit">How many there may be.</param>
    /// <exception cref="ViaductException">What <paramref name="tooMany"/> makes; VIA212x for what cannot be read.</exception>
    public async Task<SortedDictionary<string, string>> OfAsync(string folder, string path, int limit, Func<ViaductException> tooMany, CancellationToken cancellationToken)
    {
        var states = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (found, status) in Walk(folder, path, skip: _ => false))
        {
            if (states.Count >= limit) throw tooMany();
            states[found] = await StateAsync(folder, found, status, follow: false, cancellationToken).ConfigureAwait(false);
        }
        return states;
    }

    /// <summary>The files that patterns choose, by path from the folder. Of a link to a file its content counts, too.</summary>
    /// <param name="except">Paths that are not looked at, with all below them.</param>
    /// <inheritdoc cref="OfAsync" path="/exception"/>
    public async Task<SortedDictionary<string, string>> ChosenAsync(
        string folder, InputPatterns patterns, IReadOnlyCollection<string> except, int limit, Func<ViaductException> tooMany, CancellationToken cancellationToken)
    {
        var states = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var seen = 0;
        foreach (var start in patterns.Starts)
            foreach (var (path, status) in Walk(folder, start, p => except.Contains(p) || Skipped.Contains(SlashPath.Name(p))))
            {
                if (++seen > 10 * limit) throw tooMany();
                if (status is { Kind: FileKind.Directory } || states.ContainsKey(path) || !patterns.Chooses(path)) continue;
                if (states.Count >= limit) throw tooMany();
                states[path] = await StateAsync(folder, path, status, follow: true, cancellationToken).ConfigureAwait(false);
            }
        return states;
    }

    private async Task<string> StateAsync(string folder, string path, FileStatus? status, bool follow, CancellationToken cancellationToken)
    {
        var full = Path.Combine(folder, path);
        switch (status?.Kind)
        {
            case FileKind.Directory:
                return "folder";
            case FileKind.File:
                return await FileAsync(full, status.Value, cancellationToken).ConfigureAwait(false);
            case FileKind.SymbolicLink:
                var link = $"link {new FileInfo(full).LinkTarget}";
                return follow && FileStatus.Of(full, follow: true) is { Kind: FileKind.File } target
                    ? $"{link} {await FileAsync(full, target, cancellationToken).ConfigureAwait(false)}" : link;
            default:
                throw path.Contains('\uFFFD') ? BuildErrors.NotUtf8(full, "the name") : BuildErrors.SpecialFile(full);
        }
    }

    private async Task<string> FileAsync(string full, FileStatus status, CancellationToken cancellationToken) =>
        $"{(status.Executable ? "program" : "file")} {await _hashes.OfAsync(new ContextFile(full, status), cancellationToken).ConfigureAwait(false)}";

    private static IEnumerable<(string Path, FileStatus? Status)> Walk(string folder, string top, Func<string, bool> skip)
    {
        var todo = new Stack<string>([top]);
        while (todo.TryPop(out var path))
        {
            if (skip(path)) continue;
            var status = FileStatus.Ask(Path.Combine(folder, path));
            if (path == top && status is null) yield break;
            if (path.Length > 0) yield return (path, status);
            if (status is { Kind: FileKind.Directory })
                foreach (var name in NamesIn(Path.Combine(folder, path))) todo.Push(SlashPath.Join(path, name));
        }
    }

    private static List<string> NamesIn(string full)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(full, "*", new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false }).Select(p => Path.GetFileName(p))];
        }
        catch (DirectoryNotFoundException)
        {
            // Commands of other platforms work beside this.
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw BuildErrors.ContextUnreadable(full, e.Message, e);
        }
    }
}
