using Viaduct.Build;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Planning;

/// <summary>Finds out what is there: input keys of all contexts and one HEAD a tag, all at once. It changes nothing.</summary>
/// <param name="registry">Null when it is not to be asked: then nothing is there.</param>
internal sealed class Observer(IReadOnlyList<ImageDefinition> images, ImageNames names, SetBases bases, RegistryClient? registry, KeyCache cache)
{
    public async Task<Observed> ObserveAsync(CancellationToken cancellationToken)
    {
        var children = FailFast.AllAsync(images.SelectMany(i => i.Platforms.Select(p => (Image: i, Platform: p))), (c, token) => ObserveChildAsync(c.Image, c.Platform, token), cancellationToken);
        var lists = FailFast.AllAsync(images, ObserveListAsync, cancellationToken);
        return new Observed(await children.ConfigureAwait(false), await lists.ConfigureAwait(false));
    }

    private async Task<ObservedChild> ObserveChildAsync(ImageDefinition image, Platform platform, CancellationToken cancellationToken)
    {
        var states = HeadAsync(names.Children(image, platform), cancellationToken);
        var key = await bases.KeyOf(image, platform, cancellationToken).ConfigureAwait(false);
        var found = await states.ConfigureAwait(false);
        var (current, home) = await FindCurrentAsync(image, key, found, cancellationToken).ConfigureAwait(false);
        var attestations = current is not null && image.HasAttestations ? await FindAttestationsAsync(image, current.Digest, home!, cancellationToken).ConfigureAwait(false) : [];
        // An image without the provenance that is wanted is built again.
        if (attestations is null) (current, home, attestations) = (null, null, []);
        var builder = await bases.BuilderOf(image, platform, cancellationToken).ConfigureAwait(false);
        var moved = current is null && found.FirstOrDefault(s => s.Present is not null) is { } published
            ? await new MovedBases(bases, registry!).FindAsync(image, platform, published, cancellationToken).ConfigureAwait(false) : null;
        return new ObservedChild(image, platform, key, found, current, home) { Attestations = attestations, MovedBase = moved, Builder = builder };
    }

    /// <summary>As remembered and still there, or as a list of the image says that is there; null when nothing says any.</summary>
    private async Task<IReadOnlyList<Descriptor>?> FindAttestationsAsync(ImageDefinition image, Digest child, Reference home, CancellationToken cancellationToken)
    {
        if (cache.FindAttestations(child) is { } remembered)
        {
            var there = await FailFast.AllAsync(remembered, (entry, token) => registry!.Repository(home).HeadManifestAsync(entry.Digest.ToString(), token), cancellationToken).ConfigureAwait(false);
            return there.Contains(null) ? null : remembered;
        }
        foreach (var name in names.Lists(image))
        {
            var list = await registry!.Repository(name).FindForPushAsync(name.TagOrDigest, cancellationToken).ConfigureAwait(false);
            if (list is not { IsIndex: true } || list.AsIndex().Manifests.Where(e => AttestationEntry.IsOf(e, child)).ToList() is not { Count: > 0 } found) continue;
            cache.RememberAttestations(child, found);
            return cache.FindAttestations(child);
        }
        return null;
    }

    private async Task<ObservedList> ObserveListAsync(ImageDefinition image, CancellationToken cancellationToken) =>
        new(image, image.IsWhole ? await HeadAsync(names.Lists(image), cancellationToken).ConfigureAwait(false) : []);

    private Task<NamedState[]> HeadAsync(IReadOnlyList<Reference> references, CancellationToken cancellationToken) =>
        FailFast.AllAsync(references, async (name, token) =>
            new NamedState(name, registry is null ? null : await registry.Repository(name).HeadForPushAsync(name.TagOrDigest, token).ConfigureAwait(false)), cancellationToken);

    /// <summary>
    /// The image of these inputs and where it lies: as remembered and still pointed at; as an annotation of what a tag points at says
    /// (a clean machine remembers nothing); or as remembered and pushed by digest, when a run ended before its tags or new tags are wanted.
    /// </summary>
    private async Task<(Descriptor? Current, Reference? Home)> FindCurrentAsync(
        ImageDefinition image, Digest key, IReadOnlyList<NamedState> states, CancellationToken cancellationToken)
    {
        if (registry is null) return default;
        var remembered = cache.Find(key);
        foreach (var state in states)
            if (state.Present is not null && state.Present.Digest == remembered?.Digest)
                return (remembered, state.Name);

        foreach (var state in states.Where(s => s.Present is not null).DistinctBy(s => s.Present!.Digest))
        {
            var manifest = await registry.Repository(state.Name).FindManifestAsync(state.Present!.Digest.ToString(), cancellationToken).ConfigureAwait(false);
            if (manifest is null || InputKey.Of(manifest) != key) continue;
            cache.Remember(key, manifest.Descriptor);
            return (manifest.Descriptor, state.Name);
        }

        if (remembered is not null)
            foreach (var place in names.Lists(image).Concat(states.Select(s => s.Name)).DistinctBy(n => n.Name))
                if (await registry.Repository(place).HeadManifestAsync(remembered.Digest.ToString(), cancellationToken).ConfigureAwait(false) is not null)
                    return (remembered, place);
        return default;
    }
}
