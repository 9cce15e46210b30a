using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary><c>manifest create</c>: reads all images, then writes the local list, whole or not at all.</summary>
public sealed class ListCreator(ManifestContext context)
{
    /// <exception cref="ManifestException">Where docker has words for it; the local store is as it was.</exception>
    /// <exception cref="ViaductException">VIA5100 to VIA5109; VIA3xxx when a registry fails.</exception>
    public async Task<StoredList> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        var (was, _) = await FindAsync(request, cancellationToken).ConfigureAwait(false);
        var children = await new CreateReader(context, request).ReadAsync(was, cancellationToken).ConfigureAwait(false);
        if (children.Count == 0) throw ListErrors.NothingFound(request.List);
        // Nobody waits for a registry behind the lock: the list is looked at again.
        using (await context.Store.LockAsync(request.List, cancellationToken).ConfigureAwait(false))
        {
            var (now, isBroken) = await FindAsync(request, cancellationToken).ConfigureAwait(false);
            var begun = now is null || request.Replace ? new StoredList(request.List, [], new Companion(request.List)) : now;
            var list = new CreateMerge(request, context.Note).Into(begun, children);
            if (isBroken) await context.Store.RemoveAsync(request.List, cancellationToken).ConfigureAwait(false);
            await context.Store.SaveAsync(list, now, cancellationToken).ConfigureAwait(false);
            Tell(children, list);
            return list;
        }
    }

    private async Task<(StoredList? List, bool IsBroken)> FindAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        StoredList? list;
        try
        {
            list = await context.Store.FindAsync(request.List, cancellationToken).ConfigureAwait(false);
        }
        catch (ViaductException e) when (request.Replace && e.Code is ("VIA5130" or "VIA5134" or "VIA5138"))
        {
            // Files that cannot be read are no reason to keep them.
            return (null, true);
        }
        catch (ViaductException e) when (!MayExist(request) && e.Code == "VIA5134")
        {
            // docker knows nothing of what is beside its list.
            throw ListErrors.Exists(request.List, $"and {e.Message}: {e.Where}");
        }
        return list is null || MayExist(request) ? (list, false)
            : throw ListErrors.Exists(request.List, list.Entries.Count switch
            {
                0 => $"without images, as a create that failed leaves it: {Path.Combine(context.Store.Folder, "manifests", ManifestList.StoreName(request.List))}",
                1 => "with 1 image",
                var count => $"with {count} images",
            });
    }

    private static bool MayExist(CreateRequest request) => request.Amend || request.Refresh || request.Replace;

    /// <summary>What docker itself would make of it.</summary>
    private void Tell(IReadOnlyList<ReadChild> children, StoredList list)
    {
        foreach (var child in children.Where(c => c.Artifacts.Count > 0))
            context.Note($"{child.Source ?? child.Name.ToString()} has besides images what docker's store has no place for, and it was left out: {string.Join(", ", child.Artifacts.Select(a => a.ArtifactType).Distinct())}");
        foreach (var child in children.Where(c => c.Appended is null && !c.IsPresent && c.Images.Count > 1))
            context.Note($"{child.Source ?? child.Name.ToString()} is a list, and {child.Images.Count} images of it were taken: {string.Join(", ", child.Images.Select(i => i.Descriptor.Platform))}");
        List<string> lost = [];
        if (list.Companion.Annotations.Count > 0 || list.Entries.Any(e => e.Image.Descriptor.Annotations.Count > 0)) lost.Add("annotations");
        if (list.Companion.Attestations.Count > 0) lost.Add("attestations");
        if (lost.Count > 0) context.Note($"'viaduct manifest push' sends its {string.Join(" and ", lost)}; docker's push would leave them out");
        if (list.Entries.Select(e => e.Image.Ref.Registry).FirstOrDefault(r => r != list.Name.Registry) is { } other)
            context.Note($"'viaduct manifest push' copies the images of {other}; docker's push would refuse them");
        if (list.Companion.Sources.Count > 0) context.Note("'viaduct manifest push' brings the images that are in no registry; docker's push would fail");
    }
}
