using System.Collections.Concurrent;
using Viaduct.Build;
using Viaduct.Configuration;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Planning;

/// <summary>
/// Finds bases: images of the set by the key of their inputs and, once they are built or known to be unchanged, by their content;
/// all others in their registry.
/// </summary>
internal sealed class SetBases(IReadOnlyList<ImageDefinition> images, IImageBuilder builder, RegistryClient registry, long epoch) : IBaseImages
{
    private readonly ConcurrentDictionary<ChildId, Lazy<Task<Digest>>> _keys = new();
    private readonly ConcurrentDictionary<ChildId, Lazy<Task<BaseImage>>> _provided = new();
    private readonly ConcurrentDictionary<(string, Platform), Lazy<Task<BaseImage>>> _foreign = new();

    /// <summary>The input key of an image of the set; computed once.</summary>
    public Task<Digest> KeyOf(ImageDefinition image, Platform platform, CancellationToken cancellationToken) =>
        _keys.GetOrAdd(new ChildId(image.Name, platform), _ => new(() =>
            Task.Run(() => builder.KeyAsync(Requests.For(image, platform, this, epoch), cancellationToken), cancellationToken))).Value;

    /// <summary>Says where an image of the set will come from; a build that needs it waits for the task.</summary>
    public void Provide(ChildId child, Lazy<Task<BaseImage>> image) => _provided[child] = image;

    public async Task<string> KeyAsync(string name, Platform platform, CancellationToken cancellationToken)
    {
        if (InSet(name, platform) is { } own)
            return (await KeyOf(own.Image, own.Platform, cancellationToken).ConfigureAwait(false)).ToString();
        return (await Foreign(name, platform, cancellationToken).ConfigureAwait(false)).Manifest.Digest.ToString();
    }

    public Task<BaseImage> OpenAsync(string name, Platform platform, CancellationToken cancellationToken) =>
        InSet(name, platform) is { } own
            ? _provided[new ChildId(own.Image.Name, own.Platform)].Value.WaitAsync(cancellationToken)
            : Foreign(name, platform, cancellationToken);

    private (ImageDefinition Image, Platform Platform)? InSet(string name, Platform platform) =>
        ImageGraph.Match(name, images) is { } image ? (image, image.Platforms.First(platform.Same)) : null;

    private Task<BaseImage> Foreign(string name, Platform platform, CancellationToken cancellationToken) =>
        _foreign.GetOrAdd((name, platform), _ => new(() => FetchAsync(name, platform, cancellationToken))).Value;

    private async Task<BaseImage> FetchAsync(string name, Platform platform, CancellationToken cancellationToken)
    {
        var reference = Reference.Parse(name);
        var repository = registry.Repository(reference);
        var manifest = await repository.FindManifestAsync(reference.TagOrDigest, cancellationToken).ConfigureAwait(false)
            ?? throw PlanErrors.NoBase(name, "it does not exist in its registry");
        if (manifest.IsIndex)
        {
            // Only the platform itself: a fall-back would make an image that is labelled with what it is not.
            var entry = manifest.AsIndex(name).Manifests.FirstOrDefault(m => m.Platform is { } p && p.Same(platform))
                ?? throw PlanErrors.NoBase(name, $"it has no image for {platform}");
            manifest = await repository.FindManifestAsync(entry.Digest.ToString(), cancellationToken).ConfigureAwait(false)
                ?? throw PlanErrors.NoBase(name, $"its image for {platform} is missing");
        }
        var config = await repository.ReadConfigAsync(manifest.AsImage(name).Config, cancellationToken).ConfigureAwait(false);
        return new BaseImage(manifest, config, repository, reference);
    }
}
