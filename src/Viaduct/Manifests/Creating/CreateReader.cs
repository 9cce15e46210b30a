using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Manifests;

/// <summary>Reads all images of a list to be created, in parallel. What is in the local list already costs no request, as docker has it.</summary>
internal sealed class CreateReader(ManifestContext context, CreateRequest request)
{
    /// <returns>One for each child in the order that was typed, the list that is appended to first; those that may be missing and are, are not among them.</returns>
    /// <exception cref="ViaductException">Of the first child in this order that fails; the others' names are in it.</exception>
    public async Task<IReadOnlyList<ReadChild>> ReadAsync(StoredList? was, CancellationToken cancellationToken)
    {
        var children = request.Children.DistinctBy(KeyOf).Select(c => (Text: c.Text, Read: Prepare(c, was))).ToList();
        if (request.Append) children.Insert(0, (request.List.ToString(), PrepareAppended()));
        // Only now the first request: one token covers all repositories that were named until then.
        var tasks = children.Select(c => TryAsync(c.Read, cancellationToken)).ToList();
        await Task.WhenAll(tasks).ConfigureAwait(false);
        var results = tasks.Select(t => t.Result).ToList();
        Check(children.Select(c => c.Text), results);
        return [.. results.Select(r => r.Child).OfType<ReadChild>()];
    }

    /// <summary>The same thing, however it is written, is read once.</summary>
    private (string, Platform?) KeyOf(ChildName child)
    {
        try
        {
            return (EntryName.Parse(child.Text, context.Folder).ToString(), child.Platform);
        }
        catch (ViaductException)
        {
            return (child.Text, child.Platform);
        }
    }

    private Func<CancellationToken, Task<ReadChild?>> Prepare(ChildName child, StoredList? was)
    {
        if (child.Remark is { } remark) context.Note(remark);
        EntryName entry;
        try
        {
            entry = EntryName.Parse(child.Text, context.Folder);
        }
        catch (ViaductException e)
        {
            // Not yet: docker reads the images before this one first.
            return _ => Task.FromException<ReadChild?>(e);
        }
        if (entry.Name is not { } name) return token => ReadLocalAsync(entry.Source!, child, token);
        if (was is not null && !request.Refresh && !request.Replace && Present(was, name, child.Platform) is { } present) return _ => Task.FromResult<ReadChild?>(present);
        var repository = context.Registry.Repository(name);
        return token => ReadRemoteAsync(repository, child, name, token);
    }

    /// <summary>What a name has in the local list; null when it has to be read.</summary>
    private ReadChild? Present(StoredList was, Reference name, Platform? declared)
    {
        var single = StoreNames.Named(was.Entries, name)?.Image;
        IReadOnlyList<StoredManifest> images = single is null ? Flattened(was, name) : [declared is null ? single : ConfigPlatform.Complete(declared, single)];
        if (images.Count == 0 || images.Any(i => i.Manifest is null)) return null;
        // With them: the list may be gone until it is written.
        var attestations = request.DropAttestations ? [] : was.Companion.Attestations.Where(a => images.Any(i => AttestationEntry.IsOf(a.Entry, i.Descriptor.Digest))).ToList();
        return new ReadChild(name, images, attestations) { IsPresent = true, Declared = single is null ? null : declared };
    }

    /// <summary>The images of a name that was a list; none when one is missing for a platform that is asked for.</summary>
    private IReadOnlyList<StoredManifest> Flattened(StoredList was, Reference name)
    {
        if (name is not { Tag: not null, Digest: null }) return [];
        var images = was.Entries.Select(e => e.Image).Where(i => i.Ref == name.WithDigest(i.Descriptor.Digest) && PlatformFilter.Takes(request.Platforms, i.Descriptor)).ToList();
        if (images.Count == 0 || !request.Platforms.All(p => images.Exists(i => PlatformFilter.Takes([p], i.Descriptor)))) return [];
        // Whether it is all of that list nobody can know without asking.
        context.Note($"{name} is in the list with {images.Count} {(images.Count == 1 ? "image" : "images")} and was not read again; --refresh reads it");
        return images;
    }

    private async Task<ReadChild?> ReadRemoteAsync(RepositoryClient repository, ChildName child, Reference name, CancellationToken cancellationToken)
    {
        try
        {
            var manifest = await repository.FindManifestAsync(name.TagOrDigest, cancellationToken).ConfigureAwait(false);
            if (manifest is null) return child.MayBeMissing ? Missing(child) : throw DockerWords.NoSuchManifest(name);
            return await new ChildImages(repository, name, request.Platforms, request.DropAttestations).ReadAsync(manifest, child.Platform, byDigest: false, cancellationToken).ConfigureAwait(false);
        }
        catch (ViaductException e)
        {
            throw DockerWords.OfRead(e, name);
        }
    }

    private async Task<ReadChild?> ReadLocalAsync(string source, ChildName child, CancellationToken cancellationToken)
    {
        // It is in no registry: what it is called there is where push will bring it.
        var name = DockerName.Parse(request.List.Name);
        var local = await LocalSource.OpenAsync(source, context.Variable, cancellationToken).ConfigureAwait(false);
        await using (local.ConfigureAwait(false))
        {
            var read = await new ChildImages(local.Content, name, request.Platforms, request.DropAttestations).ReadAsync(await local.FindAsync(cancellationToken).ConfigureAwait(false), child.Platform, byDigest: true, cancellationToken).ConfigureAwait(false);
            return read with { Source = source, Images = [.. read.Images.Select(i => i with { Ref = Reference.Parse($"{request.List.Name}@{i.Descriptor.Digest}") })] };
        }
    }

    private Func<CancellationToken, Task<ReadChild?>> PrepareAppended()
    {
        var repository = context.Registry.Repository(request.List);
        return async token =>
        {
            try
            {
                var manifest = await repository.FindForPushAsync(request.List.TagOrDigest, token).ConfigureAwait(false);
                if (manifest is null)
                {
                    context.Note($"{request.List} is not in the registry yet: there is nothing to append to");
                    return null;
                }
                var annotations = manifest.IsIndex ? manifest.AsIndex(request.List.ToString()).Annotations : new Dictionary<string, string>();
                if (manifest.IsIndex && manifest.AsIndex().Manifests.Count == 0) return new ReadChild(request.List, [], []) { Appended = annotations };
                return await new ChildImages(repository, request.List, [], request.DropAttestations, keepAnnotations: true).ReadAsync(manifest, null, byDigest: true, token).ConfigureAwait(false) with { Appended = annotations };
            }
            catch (ViaductException e)
            {
                throw DockerWords.OfRead(e, request.List);
            }
        };
    }

    private ReadChild? Missing(ChildName child)
    {
        context.Note($"{child.Text} does not exist and was left out");
        return null;
    }

    private static async Task<(ReadChild? Child, ViaductException? Failure)> TryAsync(Func<CancellationToken, Task<ReadChild?>> read, CancellationToken cancellationToken)
    {
        try
        {
            return (await read(cancellationToken).ConfigureAwait(false), null);
        }
        catch (ViaductException e)
        {
            return (null, e);
        }
    }

    private static void Check(IEnumerable<string> names, List<(ReadChild? Child, ViaductException? Failure)> results)
    {
        var failed = names.Zip(results).Where(p => p.Second.Failure is not null).ToList();
        if (failed.Count > 0) throw ListErrors.And(failed[0].Second.Failure!, [.. failed.Skip(1).Select(f => f.First)]);
    }
}
