using System.Collections.Concurrent;
using Viaduct.Build;
using Viaduct.Configuration;
using Viaduct.Metadata;
using Viaduct.Oci;
using Viaduct.Preparation;
using Viaduct.Registry;

namespace Viaduct.Planning;

/// <summary>
/// Finds bases: images of the set by the key of their inputs and, once they are built or known to be unchanged, by their content;
/// all others in their registry.
/// </summary>
/// <param name="pinned">Bases of which it is said what they are, wherever their names point by now.</param>
internal sealed class SetBases(IReadOnlyList<ImageDefinition> images, IImageBuilder builder, Preparer preparer, RegistryClient registry, KeyCache cache, long epoch,
    IReadOnlyDictionary<string, Digest> pinned) : IBaseImages
{
    private readonly ConcurrentDictionary<ChildId, Lazy<Task<Digest>>> _keys = new();
    private readonly ConcurrentDictionary<ChildId, Lazy<Task<BaseImage>>> _provided = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<ForeignBase>>> _foreign = new(StringComparer.Ordinal);

    /// <summary>The input key of an image of the set; computed once.</summary>
    public Task<Digest> KeyOf(ImageDefinition image, Platform platform, CancellationToken cancellationToken) =>
        _keys.GetOrAdd(new ChildId(image.Name, platform), _ => new(() =>
            Task.Run(() => ComputeAsync(image, platform, cancellationToken), cancellationToken))).Value;

    /// <summary>Who builds an image of the set.</summary>
    public Task<BuilderName> BuilderOf(ImageDefinition image, Platform platform, CancellationToken cancellationToken) =>
        Builders.ChooseAsync(Requests.For(image, platform, this, epoch), cancellationToken);

    /// <summary>The bases that are not of the set and were asked for, in the order of their names.</summary>
    public async Task<IReadOnlyList<BaseRecord>> ForeignAsync()
    {
        var found = new List<BaseRecord>();
        foreach (var (name, foreign) in _foreign.OrderBy(f => f.Key, StringComparer.Ordinal)) found.Add(new(name, (await foreign.Value.ConfigureAwait(false)).Digest));
        return found;
    }

    /// <summary>Says where an image of the set will come from; a build that needs it waits for the task.</summary>
    public void Provide(ChildId child, Lazy<Task<BaseImage>> image) => _provided[child] = image;

    public async Task<string> KeyAsync(string name, Platform platform, CancellationToken cancellationToken)
    {
        if (InSet(name, platform) is { } own)
            return (await KeyOf(own.Image, own.Platform, cancellationToken).ConfigureAwait(false)).ToString();
        return (await Foreign(name, cancellationToken).ConfigureAwait(false)).DigestFor(platform).ToString();
    }

    /// <summary>Of an image of the set its Dockerfile says it, of any other its config.</summary>
    public async Task<IReadOnlyList<string>> OnBuildAsync(string name, Platform platform, CancellationToken cancellationToken)
    {
        if (InSet(name, platform) is { } own) return DockerfileBases.OnBuildOf(Requests.For(own.Image, own.Platform, this, epoch));
        var foreign = await Foreign(name, cancellationToken).ConfigureAwait(false);
        var digest = foreign.DigestFor(platform);
        if (cache.IsPlain(digest)) return [];
        var onBuild = (await foreign.OpenAsync(platform, cancellationToken).ConfigureAwait(false)).Config.Container.OnBuild;
        if (onBuild.Count == 0) cache.RememberPlain(digest);
        return onBuild;
    }

    public async Task<BaseImage> OpenAsync(string name, Platform platform, CancellationToken cancellationToken)
    {
        if (InSet(name, platform) is { } own)
            return await _provided[new ChildId(own.Image.Name, own.Platform)].Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        var foreign = await Foreign(name, cancellationToken).ConfigureAwait(false);
        return await foreign.OpenAsync(platform, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What an image stands on that is not of the set; null for the set's own and for nothing.</summary>
    public (string Name, Platform Platform)? Below(ImageDefinition image, Platform platform) =>
        DockerfileBases.Below(Requests.For(image, platform, this, epoch)) is { } below && ImageGraph.Match(below.Name, images) is null ? below : null;

    private async Task<Digest> ComputeAsync(ImageDefinition image, Platform platform, CancellationToken cancellationToken)
    {
        var prepared = await preparer.KeyAsync(image, platform, cancellationToken).ConfigureAwait(false);
        return await builder.KeyAsync(Requests.For(image, platform, this, epoch) with { Prepared = prepared }, cancellationToken).ConfigureAwait(false);
    }

    private (ImageDefinition Image, Platform Platform)? InSet(string name, Platform platform) =>
        ImageGraph.Match(name, images) is not { } image ? null
        : image.Platforms.FirstOrDefault(platform.Same) is { } own ? (image, own) : throw ConfigErrors.LeftOut(image.Name, platform);

    /// <summary>Asked once a run: all platforms of an image are built on one version of a base, though its tag may move meanwhile.</summary>
    private Task<ForeignBase> Foreign(string name, CancellationToken cancellationToken) =>
        _foreign.GetOrAdd(name, _ => new(() => ForeignBase.FindAsync(name, pinned.TryGetValue(name, out var digest) ? digest : null, registry, cancellationToken))).Value;
}
