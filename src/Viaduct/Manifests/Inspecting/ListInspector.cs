using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary><c>manifest inspect</c>: the bytes that docker prints.</summary>
public sealed class ListInspector(ManifestContext context)
{
    /// <returns>What goes to stdout, its last newline included.</returns>
    public async Task<byte[]> InspectAsync(InspectRequest request, CancellationToken cancellationToken)
    {
        // docker reads the image's name first.
        if (request.ListText is { } text)
        {
            var entry = EntryName.Parse(request.ImageText, context.Folder);
            return await OfEntryAsync(DockerName.Parse(text), entry, request, cancellationToken).ConfigureAwait(false);
        }
        var image = DockerName.Parse(request.ImageText);
        if (await FindAsync(image, cancellationToken).ConfigureAwait(false) is { } list) return await OfListAsync(list, request, cancellationToken).ConfigureAwait(false);
        return await new RemoteInspector(context, image, request).InspectAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A local list; null also where its files cannot be read: docker goes to the registry then, and does not say why.</summary>
    private async Task<StoredList?> FindAsync(Reference name, CancellationToken cancellationToken)
    {
        try
        {
            return await context.Store.FindAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (ViaductException e) when (e.Code is "VIA5130" or "VIA5131" or "VIA5133" or "VIA5138")
        {
            context.Note($"the local list was passed over, and the registry asked: {e.Code}: {(e.Where is null ? "" : e.Where + ": ")}{e.Message}");
            return null;
        }
    }

    private async Task<byte[]> OfEntryAsync(Reference list, EntryName image, InspectRequest request, CancellationToken cancellationToken)
    {
        // docker reads the file of the one image, and not those beside it.
        var stored = await context.Store.FindReadableAsync(list, cancellationToken).ConfigureAwait(false);
        if (stored is null) throw ListErrors.NotStored(image, $"there is no local list {list}", "'viaduct manifest ls' shows those that there are.");
        if (image.FindIn(stored) is not { } entry)
            throw ListErrors.NotStored(image, stored.Entries.Count == 0 ? $"{list} is empty" : $"the images of {list} are {string.Join(", ", stored.Entries.Take(10).Select(e => e.Image.Ref))}{(stored.Entries.Count > 10 ? ", …" : "")}");
        if (request.Raw) return await BytesAsync(entry.Image, cancellationToken).ConfigureAwait(false);
        if (request.Verbose) return InspectText.Verbose(entry.Image);
        return entry.Image.Manifest is null && entry.Image.Compact is { } compact
            ? InspectText.Tabs(compact.Json)
            : InspectText.Tabs(GoJson.Compact(await BytesAsync(entry.Image, cancellationToken).ConfigureAwait(false)));
    }

    private async Task<byte[]> OfListAsync(StoredList list, InspectRequest request, CancellationToken cancellationToken)
    {
        var chosen = list.Entries.Where(e => PlatformFilter.Takes(request.Platforms, e.Image.Descriptor)).Select(e => e.Image).ToList();
        if (request.Verbose && !request.Raw) return InspectText.Verbose(chosen);
        if (request.Raw && request.Platforms.Count == 0) return new PushPlanner(list.Name, strict: false, context.Note).Plan(list).List.Bytes.ToArray();
        if (request.Raw) return chosen is [var only] ? await BytesAsync(only, cancellationToken).ConfigureAwait(false) : throw ListErrors.NotOne(list.Name, chosen.Count);
        var beside = list.Companion;
        return InspectText.List(chosen.Select(i => i.Descriptor), beside.Attestations.Select(a => a.Entry).Where(a => chosen.Any(i => AttestationEntry.IsOf(a, i.Descriptor.Digest))), beside.Annotations);
    }

    /// <summary>An image's exact bytes; from its registry where an old docker did not keep them.</summary>
    private async Task<byte[]> BytesAsync(StoredManifest image, CancellationToken cancellationToken)
    {
        if (image.Manifest is { } manifest) return manifest.Bytes.ToArray();
        var name = image.Ref.WithDigest(image.Descriptor.Digest);
        try
        {
            return (await context.Registry.Repository(name).FindManifestAsync(name.TagOrDigest, cancellationToken).ConfigureAwait(false) ?? throw DockerWords.NoSuchManifest(name)).Bytes.ToArray();
        }
        catch (ViaductException e)
        {
            throw DockerWords.OfRead(e, name);
        }
    }
}
