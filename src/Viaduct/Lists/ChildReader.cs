using Viaduct.Oci;
using Viaduct.Planning;
using Viaduct.Registry;

namespace Viaduct.Lists;

/// <summary>Reads a child of a list: its manifest, and its config for the platform. An index of one image is flattened to that image.</summary>
internal sealed class ChildReader(RegistryClient registry, bool trustDeclared, bool dropAttestations)
{
    public async Task<ListChild> ReadAsync(ChildRequest child, CancellationToken cancellationToken)
    {
        var source = registry.Repository(child.Name);
        var manifest = await source.FindManifestAsync(child.Name.TagOrDigest, cancellationToken).ConfigureAwait(false) ?? throw PlanErrors.ChildMissing(child.Name);
        IReadOnlyList<(Descriptor, RawManifest)> attestations = [];
        if (manifest.IsIndex)
        {
            var entries = manifest.AsIndex(child.Name.ToString()).Manifests;
            var entry = ChooseImage(child, entries);
            manifest = await GetAsync(source, entry.Digest, cancellationToken).ConfigureAwait(false);
            if (!dropAttestations)
                attestations = await ReadAttestationsAsync(source, entries, entry, cancellationToken).ConfigureAwait(false);
        }
        return new ListChild(child.Name, source, manifest, await PlatformOfAsync(child, source, manifest, cancellationToken).ConfigureAwait(false), attestations);
    }

    private Descriptor ChooseImage(ChildRequest child, IReadOnlyList<Descriptor> entries)
    {
        var images = entries.Where(e => !AttestationEntry.Is(e)).ToList();
        if (images.Count == 1 && (child.Platform is null || trustDeclared)) return images[0];
        if (child.Platform is not { } wanted) throw PlanErrors.NotOneImage(child.Name, images.Count);
        // As runtimes do with two entries of one platform: the first.
        return images.FirstOrDefault(e => e.Platform is { } p && p.Same(wanted)) ?? throw PlanErrors.NoImageFor(child.Name, wanted);
    }

    private async Task<(Descriptor, RawManifest)[]> ReadAttestationsAsync(
        RepositoryClient source, IReadOnlyList<Descriptor> entries, Descriptor image, CancellationToken cancellationToken) =>
        await Task.WhenAll(entries
            .Where(e => AttestationEntry.IsOf(e, image.Digest))
            .Select(async e => (e, await GetAsync(source, e.Digest, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);

    private static async Task<RawManifest> GetAsync(RepositoryClient source, Digest digest, CancellationToken cancellationToken) =>
        await source.FindManifestAsync(digest.ToString(), cancellationToken).ConfigureAwait(false) ?? throw PlanErrors.ChildMissing(source.Name.WithDigest(digest));

    private async Task<Platform> PlatformOfAsync(ChildRequest child, RepositoryClient source, RawManifest manifest, CancellationToken cancellationToken)
    {
        if (trustDeclared && child.Platform is not null) return child.Platform;
        var config = await source.ReadConfigAsync(manifest.AsImage(child.Name.ToString()).Config, cancellationToken).ConfigureAwait(false);
        if (config.Platform.Os.Length == 0 || config.Platform.Architecture.Length == 0) throw PlanErrors.NoPlatform(child.Name);
        if (child.Platform is { } declared && !declared.Same(config.Platform)) throw PlanErrors.PlatformDiffers(child.Name, declared, config.Platform);
        return config.Platform;
    }
}
