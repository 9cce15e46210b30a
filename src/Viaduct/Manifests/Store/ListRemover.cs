using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary><c>manifest rm</c>, <c>remove</c> and <c>prune</c>: local lists and images of them, never anything in a registry.</summary>
public sealed class ListRemover(ManifestContext context)
{
    /// <summary>docker's <c>rm</c>: those that are there are removed also when others are not, and also those whose files nobody can read any more.</summary>
    /// <exception cref="ManifestException">VIA5135 with a line for each that was not there; the code of its own when a name alone is what is wrong.</exception>
    public async Task RemoveListsAsync(IReadOnlyList<string> lists, CancellationToken cancellationToken)
    {
        var failures = new List<ViaductException>();
        foreach (var text in lists)
        {
            try
            {
                await RemoveListAsync(DockerName.Parse(text), cancellationToken).ConfigureAwait(false);
            }
            catch (ViaductException e)
            {
                failures.Add(e);
            }
        }
        if (failures.Count == 1) throw failures[0];
        if (failures.Find(f => f is not ManifestException) is { } grave) throw grave.And([.. failures.Where(f => f != grave).Select(f => f.Message)]);
        if (failures.Count > 0) throw StoreErrors.NoSuchLists([.. failures.Cast<ManifestException>().Select(f => f.Words)]);
    }

    /// <summary>Takes images out of a list; all of them or, when one is not in it, none.</summary>
    /// <param name="images">Names as they were given to <c>create</c>, or <c>NAME@DIGEST</c>.</param>
    /// <exception cref="ManifestException">VIA5135 when there is no such list.</exception>
    /// <exception cref="ViaductException">VIA5137 when an image is not in it.</exception>
    public async Task RemoveImagesAsync(string list, IReadOnlyList<string> images, CancellationToken cancellationToken)
    {
        var name = DockerName.Parse(list);
        if (!context.Store.Has(name)) throw StoreErrors.NoSuchList(name);
        var wanted = images.Select(i => (Text: i, Name: EntryName.Parse(i, context.Folder))).ToList();
        using var held = await context.Store.LockAsync(name, cancellationToken).ConfigureAwait(false);
        var was = await context.Store.FindAsync(name, cancellationToken).ConfigureAwait(false) ?? throw StoreErrors.NoSuchList(name);
        var missing = wanted.Where(w => w.Name.FindIn(was) is null).Select(w => w.Text).ToList();
        if (missing.Count > 0) throw StoreErrors.NotInList(name, missing);
        var now = wanted.Aggregate(was, (left, image) => image.Name.FindIn(left) is { } entry ? left.Without(entry) : left);
        await context.Store.SaveAsync(now, was, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes lists that are empty or lie in a registry as they are here; with <paramref name="all"/> all of them.</summary>
    /// <param name="olderThan">Leaves those that were written since.</param>
    /// <returns>Those removed, or that would be.</returns>
    public async Task<IReadOnlyList<ListedList>> PruneAsync(bool all, TimeSpan? olderThan, bool dryRun, CancellationToken cancellationToken)
    {
        var removed = new List<ListedList>();
        foreach (var list in await context.Store.ListAsync(cancellationToken).ConfigureAwait(false))
            if (IsMeant(list, all, olderThan) && (dryRun || await RemoveAsync(list.Folder).ConfigureAwait(false)))
                removed.Add(list);
        if (dryRun) return removed;
        await context.Store.RemoveOrphansAsync(cancellationToken).ConfigureAwait(false);
        context.Store.Tidy();
        return removed;

        async Task<bool> RemoveAsync(string folder)
        {
            using var held = await context.Store.LockAsync(folder, null, cancellationToken).ConfigureAwait(false);
            // Somebody may have added to it since it was looked at.
            return await context.Store.DescribeAsync(folder, cancellationToken).ConfigureAwait(false) is { } now && IsMeant(now, all, olderThan)
                && await context.Store.RemoveFolderAsync(folder).ConfigureAwait(false);
        }
    }

    private async Task RemoveListAsync(Reference list, CancellationToken cancellationToken)
    {
        if (!context.Store.Has(list)) throw StoreErrors.NoSuchList(list);
        using var held = await context.Store.LockAsync(list, cancellationToken).ConfigureAwait(false);
        if (!await context.Store.RemoveAsync(list, cancellationToken).ConfigureAwait(false)) throw StoreErrors.NoSuchList(list);
    }

    private bool IsMeant(ListedList list, bool all, TimeSpan? olderThan) =>
        (olderThan is not { } age || list.Changed < context.Clock.GetUtcNow() - age)
        // A folder that stands for no list is somebody else's.
        && (all ? list.List is not null || ListNames.Of(list.Folder, []).Count > 0 : list.List is { Entries.Count: 0 } or { IsAsPushed: true });
}
