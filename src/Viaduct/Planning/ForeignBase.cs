using System.Collections.Concurrent;
using Viaduct.Build;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Planning;

/// <summary>A base that is not of the set: what its name pointed at when this run first asked.</summary>
internal sealed class ForeignBase
{
    private readonly Reference _name;
    private readonly RepositoryClient _repository;
    private readonly RawManifest _manifest;
    private readonly ConcurrentDictionary<Digest, Lazy<Task<BaseImage>>> _opened = new();

    private ForeignBase(Reference name, RepositoryClient repository, RawManifest manifest)
    {
        _name = name;
        _repository = repository;
        _manifest = manifest;
    }

    public static async Task<ForeignBase> FindAsync(string name, Digest? pinned, RegistryClient registry, CancellationToken cancellationToken)
    {
        if (!Reference.TryParse(name, out var reference)) throw PlanErrors.NoBase(name, "it is neither an image of the set nor a reference");
        var repository = registry.Repository(reference);
        var manifest = await repository.FindManifestAsync(pinned?.ToString() ?? reference.TagOrDigest, cancellationToken).ConfigureAwait(false)
            ?? throw PlanErrors.NoBase(name, pinned is null ? "it does not exist in its registry" : $"its registry has no longer {pinned}, which the images were built from");
        return new ForeignBase(reference, repository, manifest);
    }

    /// <summary>Of what the name pointed at.</summary>
    public Digest Digest => _manifest.Digest;

    /// <summary>The digest of the platform's image: all that an input key needs.</summary>
    public Digest DigestFor(Platform platform) => _manifest.IsIndex
        // Only the platform itself: a fall-back would make an image that is labelled with what it is not.
        ? (_manifest.AsIndex(_name.ToString()).Manifests.FirstOrDefault(m => m.Platform is { } p && p.Same(platform))
            ?? throw PlanErrors.NoBase(_name.ToString(), $"it has no image for {platform}")).Digest
        : _manifest.Digest;

    /// <summary>Read once for each of its images: an input key asks for the config, and so does a build.</summary>
    public Task<BaseImage> OpenAsync(Platform platform, CancellationToken cancellationToken) =>
        _opened.GetOrAdd(DigestFor(platform), _ => new(() => ReadAsync(platform, cancellationToken))).Value;

    private async Task<BaseImage> ReadAsync(Platform platform, CancellationToken cancellationToken)
    {
        var digest = DigestFor(platform);
        var image = digest == _manifest.Digest ? _manifest
            : await _repository.FindManifestAsync(digest.ToString(), cancellationToken).ConfigureAwait(false)
                ?? throw PlanErrors.NoBase(_name.ToString(), $"its image for {platform} is missing");
        var config = await _repository.ReadConfigAsync(image.AsImage(_name.ToString()).Config, cancellationToken).ConfigureAwait(false);
        return new BaseImage(image, config, _repository, _name);
    }
}
