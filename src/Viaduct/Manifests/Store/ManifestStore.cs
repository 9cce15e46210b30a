using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>
/// docker's local store of lists, file for file (docker/cli cli/manifest/store): <c>manifests/LIST/IMAGE</c> in docker's configuration folder.
/// Files are replaced atomically, and two viaducts never write one list at the same time; locks and temporary files are outside of
/// the lists' folders, because docker takes every file in them for an image.
/// </summary>
/// <param name="folder">docker's configuration folder, the one of config.json.</param>
public sealed class ManifestStore(string folder, TimeProvider clock)
{
    private const int MostLists = 10_000;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan OldTemporary = TimeSpan.FromDays(1);
    private readonly StorePaths _paths = new(folder);

    public string Folder => folder;

    private StoreWriter Writer => new(_paths);

    /// <summary>Told of a wait for another viaduct that takes long.</summary>
    public Action<string> Note { get; init; } = _ => { };

    /// <summary>A list as it is now, with what other tools and hands have made of its files; null when it has no folder.</summary>
    /// <exception cref="ViaductException">
    /// VIA5130 for a file that is not docker's (a <see cref="ManifestException"/> where docker's words for it are sure), VIA5131 when the system refuses,
    /// VIA5133 when the folder is another list's, VIA5134 when what is beside it cannot be read, VIA5138 when there are too many files.
    /// </exception>
    public async Task<StoredList?> FindAsync(Reference list, CancellationToken cancellationToken)
    {
        var found = await FindReadableAsync(list, cancellationToken).ConfigureAwait(false);
        return found is { Unreadable: [var first, ..] } ? throw first : found;
    }

    /// <summary>
    /// The same for those who ask for one image, of which docker reads the file alone: the others may be unreadable (<see cref="StoredList.Unreadable"/>).
    /// They stay as they are, with what is beside them, when the list is saved.
    /// </summary>
    /// <exception cref="ViaductException">As of <see cref="FindAsync"/>, without VIA5130.</exception>
    public async Task<StoredList?> FindReadableAsync(Reference list, CancellationToken cancellationToken)
    {
        var name = StorePaths.FolderOf(list);
        if (await StoreFolder.ReadAsync(_paths.Of(name), cancellationToken).ConfigureAwait(false) is not var (entries, unreadable)) return null;
        var companion = await CompanionFile.FindAsync(_paths.CompanionOf(name), entries, cancellationToken).ConfigureAwait(false);
        if (companion is not null && companion.List != list) throw StoreErrors.OtherList(list, companion.List, _paths.Of(name));
        return StoredList.Of(list, entries, unreadable, companion);
    }

    /// <summary>Held from reading a list to writing it. Waits for another viaduct that has it.</summary>
    /// <param name="patience">How long; null for minutes.</param>
    /// <exception cref="ViaductException">VIA5132 when the other does not end, VIA5131.</exception>
    public Task<IDisposable> LockAsync(Reference list, CancellationToken cancellationToken, TimeSpan? patience = null) =>
        LockAsync(StorePaths.FolderOf(list), list, cancellationToken, patience);

    /// <summary>
    /// Makes the folder what <paramref name="list"/> says: a new folder appears whole, of one that is there only the files that differ are written
    /// (those that are as they were keep their bytes) and those that are not in it any more are removed.
    /// </summary>
    /// <param name="was">What <see cref="FindAsync"/> said under the same lock; null for a new list.</param>
    /// <exception cref="ViaductException">VIA5131; VIA5136 when another program has made a new list in the meantime.</exception>
    public Task SaveAsync(StoredList list, StoredList? was, CancellationToken cancellationToken)
    {
        var name = StorePaths.FolderOf(list.Name);
        return GuardAsync(_paths.Of(name), async () =>
        {
            var next = list.Complete();
            var files = list.Entries.ToDictionary(e => e.File, e => StoreFile.Write(e.Image));
            // Between two steps a list finds more beside it than it needs, never less.
            if (was is not null) await SaveCompanionAsync(name, next.Companion.And(was.Companion), [.. next.Entries, .. was.Entries], cancellationToken).ConfigureAwait(false);
            else await SaveCompanionAsync(name, next.Companion, next.Entries, cancellationToken).ConfigureAwait(false);
            await SaveFilesAsync(name, files, list, was, cancellationToken).ConfigureAwait(false);
            if (was is not null) await SaveCompanionAsync(name, next.Companion, next.Entries, cancellationToken).ConfigureAwait(false);
            Tidy();
            return true;
        });
    }

    /// <summary>Removes the list and what is beside it.</summary>
    /// <returns>False when there was none.</returns>
    /// <exception cref="ViaductException">VIA5131, VIA5133.</exception>
    public async Task<bool> RemoveAsync(Reference list, CancellationToken cancellationToken)
    {
        var name = StorePaths.FolderOf(list);
        try
        {
            if (await FindAsync(list, cancellationToken).ConfigureAwait(false) is null) return false;
        }
        catch (ViaductException e) when (e.Code is "VIA5130" or "VIA5131" or "VIA5134" or "VIA5138")
        {
            // A list that cannot be read is one to get rid of.
        }
        return await RemoveFolderAsync(name).ConfigureAwait(false);
    }

    /// <summary>True when docker would say that there is such a list, readable or not.</summary>
    internal bool Has(Reference list) => Directory.Exists(_paths.Of(StorePaths.FolderOf(list)));

    /// <summary>All lists, by their folders' names, of which none begins with a dot.</summary>
    /// <exception cref="ViaductException">VIA5131, VIA5138.</exception>
    public async Task<IReadOnlyList<ListedList>> ListAsync(CancellationToken cancellationToken)
    {
        var names = await GuardAsync(_paths.Lists, () => Task.FromResult(!Directory.Exists(_paths.Lists) ? []
            : new DirectoryInfo(_paths.Lists).EnumerateDirectories().Where(d => !d.Name.StartsWith('.')).Take(MostLists + 1).Select(d => d.Name).Order(ByteOrder.Instance).ToList())).ConfigureAwait(false);
        if (names.Count > MostLists) throw StoreErrors.TooMany(_paths.Lists, MostLists);
        var lists = new List<ListedList>(names.Count);
        foreach (var name in names)
            if (await DescribeAsync(name, cancellationToken).ConfigureAwait(false) is { } listed) lists.Add(listed);
        return lists;
    }

    /// <summary>Removes a folder of docker's store and what is beside it, also when its list's name is not known.</summary>
    internal Task<bool> RemoveFolderAsync(string name) => GuardAsync(_paths.Of(name), () =>
    {
        var removed = Writer.Remove(_paths.Of(name));
        if (File.Exists(_paths.CompanionOf(name))) File.Delete(_paths.CompanionOf(name));
        return Task.FromResult(removed);
    });

    internal async Task<IDisposable> LockAsync(string name, Reference? list, CancellationToken cancellationToken, TimeSpan? patience = null)
    {
        var (file, shown, limit) = (_paths.LockOf(name), list?.ToString() ?? name, patience ?? LongestWait);
        return await GuardAsync(file, () => FileLock.TakeAsync(file, limit, () => Note($"waiting for another viaduct that is at work on {shown}"), clock, cancellationToken)).ConfigureAwait(false)
            ?? throw StoreErrors.Busy(shown, limit);
    }

    /// <summary>One line of <see cref="ListAsync"/>; null when the folder is gone.</summary>
    internal async Task<ListedList?> DescribeAsync(string name, CancellationToken cancellationToken)
    {
        var changed = await GuardAsync(_paths.Of(name), () => Task.FromResult(StoreFolder.Changed(_paths.Of(name)))).ConfigureAwait(false);
        try
        {
            if (await StoreFolder.ReadAsync(_paths.Of(name), cancellationToken).ConfigureAwait(false) is not var (entries, unreadable)) return null;
            if (unreadable.Count > 0) throw unreadable[0];
            if (await CompanionFile.FindAsync(_paths.CompanionOf(name), entries, cancellationToken).ConfigureAwait(false) is { } companion)
                return new ListedList(name, companion.List, StoredList.Of(companion.List, entries, [], companion), null, changed);
            var names = ListNames.Of(name, entries);
            return names.Count == 0 ? new ListedList(name, null, null, "no list has a folder of this name", changed)
                : new ListedList(name, names.Count == 1 ? names[0] : null, StoredList.Of(names[0], entries, [], null), null, changed);
        }
        catch (ViaductException e)
        {
            return new ListedList(name, null, null, e.Render(), changed);
        }
    }

    /// <summary>Removes what was kept beside lists that are gone.</summary>
    internal async Task RemoveOrphansAsync(CancellationToken cancellationToken)
    {
        foreach (var name in await Orphans.FindAsync(_paths, cancellationToken).ConfigureAwait(false))
        {
            using var held = await LockAsync(name, null, cancellationToken).ConfigureAwait(false);
            // Whoever makes a list writes what is beside it first.
            if (!Directory.Exists(_paths.Of(name))) StoreWriter.Discard(_paths.CompanionOf(name));
        }
    }

    /// <summary>Removes what processes that were killed have left.</summary>
    internal void Tidy() => Writer.RemoveTemporariesOlderThan(clock.GetUtcNow() - OldTemporary);

    private async Task SaveFilesAsync(string name, Dictionary<string, byte[]> files, StoredList list, StoredList? was, CancellationToken cancellationToken)
    {
        var path = _paths.Of(name);
        if (was is null || !Directory.Exists(path))
        {
            if (!await Writer.TryCreateAsync(path, files, cancellationToken).ConfigureAwait(false)) throw StoreErrors.MadeMeanwhile(list.Name, path);
            return;
        }
        var before = was.Entries.ToDictionary(e => e.File, e => StoreFile.Write(e.Image));
        var changed = files.Where(f => !before.TryGetValue(f.Key, out var old) || !old.AsSpan().SequenceEqual(f.Value)).ToDictionary();
        var removed = before.Keys.Where(f => !files.ContainsKey(f)).ToList();
        if (changed.Count + removed.Count > 0) await Writer.ChangeAsync(path, changed, removed, cancellationToken).ConfigureAwait(false);
    }

    private async Task SaveCompanionAsync(string name, Companion companion, IEnumerable<StoredEntry> entries, CancellationToken cancellationToken)
    {
        var path = _paths.CompanionOf(name);
        var bytes = new CompanionFile(companion, entries.Select(e => e.Image.Descriptor.Digest).ToHashSet()).Write();
        var present = File.Exists(path) ? await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false) : null;
        if (present is not null && present.AsSpan().SequenceEqual(bytes)) return;
        await Writer.WriteCompanionAsync(path, bytes, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<T> GuardAsync<T>(string path, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.Refused(path, e);
        }
    }
}
