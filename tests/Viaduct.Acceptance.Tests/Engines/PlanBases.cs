using Viaduct.Build;
using Viaduct.Oci;

namespace Viaduct.Acceptance.Tests.Engines;

/// <summary>Bases that were built a moment ago and are in no registry that an engine could reach.</summary>
internal sealed class PlanBases(Func<string, Platform, Task<BuiltImage>> build) : IBaseImages, IContentSource
{
    public static readonly Reference Repository = Reference.Parse("registry.invalid/tools");

    private readonly Dictionary<Digest, Blob> _blobs = [];

    public Task<string> KeyAsync(string name, Platform platform, CancellationToken cancellationToken) => Task.FromResult($"the key of {name} for {platform}");

    public Task<IReadOnlyList<string>> OnBuildAsync(string name, Platform platform, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

    public async Task<BaseImage> OpenAsync(string name, Platform platform, CancellationToken cancellationToken)
    {
        var image = await build(name, platform);
        foreach (var blob in image.Blobs) _blobs[blob.Descriptor.Digest] = blob;
        return new BaseImage(image.Manifest, image.Config, this, Repository);
    }

    public Task<RawManifest?> FindManifestAsync(string tagOrDigest, CancellationToken cancellationToken) => throw new NotSupportedException();

    public async Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken) => new VerifyingStream(await _blobs[blob.Digest].OpenAsync(cancellationToken), blob);
}
