using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Manifests;

/// <summary>What a registry has under a name, in docker's form. A list costs one request, though docker asks for each of its images: its entries say all that is printed.</summary>
internal sealed class RemoteInspector(ManifestContext context, Reference name, InspectRequest request)
{
    private readonly RepositoryClient _repository = context.Registry.Repository(name);

    public async Task<byte[]> InspectAsync(CancellationToken cancellationToken)
    {
        try
        {
            var manifest = await _repository.FindManifestAsync(request.Found?.ToString() ?? name.TagOrDigest, cancellationToken).ConfigureAwait(false) ?? throw DockerWords.NoSuchManifest(name);
            return manifest.IsIndex ? await OfListAsync(manifest, cancellationToken).ConfigureAwait(false) : await OfImageAsync(manifest, cancellationToken).ConfigureAwait(false);
        }
        catch (ViaductException e)
        {
            throw DockerWords.OfRead(e, name);
        }
    }

    private async Task<byte[]> OfImageAsync(RawManifest manifest, CancellationToken cancellationToken)
    {
        if (request.Raw) return manifest.Bytes.ToArray();
        if (!request.Verbose) return InspectText.Tabs(manifest.Bytes);
        if (!manifest.IsImage) throw ListErrors.NoImage(name, manifest);
        var platform = await ConfigPlatform.ReadAsync(_repository, manifest, name, cancellationToken).ConfigureAwait(false);
        return InspectText.Verbose(new StoredManifest(name, manifest.Descriptor with { Platform = platform }, manifest));
    }

    private async Task<byte[]> OfListAsync(RawManifest list, CancellationToken cancellationToken)
    {
        if (request.Raw && request.Platforms.Count == 0) return list.Bytes.ToArray();
        var entries = list.AsIndex(name.ToString()).Manifests.Where(e => PlatformFilter.Takes(request.Platforms, e)).ToList();
        if (request.Raw) return entries is [var only] ? (await GetAsync(only, cancellationToken).ConfigureAwait(false)).Bytes.ToArray() : throw ListErrors.NotOne(name, entries.Count);
        if (request.Verbose) return InspectText.Verbose(await FailFast.AllAsync(entries, DescribeAsync, cancellationToken).ConfigureAwait(false));
        // docker cannot show a list in a list: it is shown as the registry has it.
        if (entries.Any(e => MediaTypes.IsIndex(e.MediaType)) && request.Platforms.Count == 0) return InspectText.Spaces(list.Bytes);
        return InspectText.List(entries.Select(InspectText.Plain));
    }

    private async Task<StoredManifest> DescribeAsync(Descriptor entry, CancellationToken cancellationToken)
    {
        var itsName = name.WithDigest(entry.Digest);
        if (MediaTypes.IsIndex(entry.MediaType)) throw ListErrors.Nested(itsName);
        var manifest = await GetAsync(entry, cancellationToken).ConfigureAwait(false);
        return manifest.IsIndex ? throw ListErrors.Nested(itsName)
            : new StoredManifest(itsName, manifest.Descriptor with { Platform = InspectText.Plain(entry).Platform }, manifest);
    }

    private async Task<RawManifest> GetAsync(Descriptor entry, CancellationToken cancellationToken) =>
        await _repository.FindManifestAsync(entry.Digest.ToString(), cancellationToken).ConfigureAwait(false) ?? throw ListErrors.ChildMissing(name, entry.Digest);
}
