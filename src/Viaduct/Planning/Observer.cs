using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Planning;

/// <summary>Finds out what is there: input keys of all contexts and one HEAD a tag, all at once. It changes nothing.</summary>
/// <param name="registry">Null when it is not to be asked: then nothing is there.</param>
internal sealed class Observer(IReadOnlyList<ImageDefinition> images, ImageNames names, SetBases bases, RegistryClient? registry, KeyCache cache)
{
    public async Task<Observed> ObserveAsync(CancellationToken cancellationToken)
    {
        var children = images.SelectMany(i => i.Platforms.Select(p => ObserveChildAsync(i, p, cancellationToken))).ToList();
        var lists = images.Where(i => i.IsWhole).Select(i => ObserveListAsync(i, cancellationToken)).ToList();
        return new Observed(
            await Task.WhenAll(children).ConfigureAwait(false),
            [.. await Task.WhenAll(lists).ConfigureAwait(false), .. images.Where(i => !i.IsWhole).Select(i => new ObservedList(i, []))]);
    }

    private async Task<ObservedChild> ObserveChildAsync(ImageDefinition image, Platform platform, CancellationToken cancellationToken)
    {
        var states = HeadAsync(names.Children(image, platform), cancellationToken);
        var key = await bases.KeyOf(image, platform, cancellationToken).ConfigureAwait(false);
        var found = await states.ConfigureAwait(false);
        return new ObservedChild(image, platform, key, found, await FindCurrentAsync(key, found, cancellationToken).ConfigureAwait(false));
    }

    private async Task<ObservedList> ObserveListAsync(ImageDefinition image, CancellationToken cancellationToken) =>
        new(image, await HeadAsync(names.Lists(image), cancellationToken).ConfigureAwait(false));

    private Task<NamedState[]> HeadAsync(IReadOnlyList<Reference> references, CancellationToken cancellationToken) =>
        Task.WhenAll(references.Select(async name =>
            new NamedState(name, registry is null ? null : await registry.Repository(name).HeadManifestAsync(name.TagOrDigest, cancellationToken).ConfigureAwait(false))));

    /// <summary>The image of these inputs: as remembered, or as an annotation of what a tag points at says (a clean machine remembers nothing).</summary>
    private async Task<Descriptor?> FindCurrentAsync(Digest key, IReadOnlyList<NamedState> states, CancellationToken cancellationToken)
    {
        var remembered = cache.Find(key);
        foreach (var state in states)
            if (state.Present is not null && state.Present.Digest == remembered?.Digest)
                return remembered;

        foreach (var state in states.Where(s => s.Present is not null).DistinctBy(s => s.Present!.Digest))
        {
            var manifest = await registry!.Repository(state.Name).FindManifestAsync(state.Present!.Digest.ToString(), cancellationToken).ConfigureAwait(false);
            if (manifest is not { IsImage: true } || manifest.AsImage().Annotations.GetValueOrDefault(Annotations.InputKey) != key.ToString()) continue;
            cache.Remember(key, manifest.Descriptor);
            return manifest.Descriptor;
        }
        return null;
    }
}
