using Viaduct.Build;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Acceptance.Tests.Engines;

/// <summary>A base in a registry, found as a foreign one is: its key is its digest.</summary>
internal sealed class PushedBase(RepositoryClient repository, BuiltImage image) : IBaseImages
{
    public Task<string> KeyAsync(string name, Platform platform, CancellationToken cancellationToken) => Task.FromResult(image.Manifest.Digest.ToString());

    public Task<IReadOnlyList<string>> OnBuildAsync(string name, Platform platform, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

    public Task<BaseImage> OpenAsync(string name, Platform platform, CancellationToken cancellationToken) =>
        Task.FromResult(new BaseImage(image.Manifest, image.Config, repository, repository.Name));

    public static async Task<PushedBase> PushAsync(RepositoryClient repository, BuiltImage image)
    {
        foreach (var blob in image.Blobs) await repository.PushBlobAsync(blob, CancellationToken.None);
        await repository.PushManifestAsync(image.Manifest, CancellationToken.None);
        return new PushedBase(repository, image);
    }
}
