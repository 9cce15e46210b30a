using Viaduct.Build;
using Viaduct.Oci;
using Viaduct.Registry;
using Viaduct.Simulation;

namespace Viaduct.Planning;

/// <summary>Tells an image whose base has moved from one whose own files have changed: what is published does not stand on the layers of its base.</summary>
internal sealed class MovedBases(SetBases bases, RegistryClient registry)
{
    /// <param name="published">What is under the image's name.</param>
    /// <returns>null when it stands on them, has no base outside the set, or cannot be read.</returns>
    public async Task<MovedBase?> FindAsync(ImageDefinition image, Platform platform, NamedState published, CancellationToken cancellationToken)
    {
        if (bases.Below(image, platform) is not { } below) return null;
        var repository = registry.Repository(published.Name);
        try
        {
            var manifest = await repository.FindManifestAsync(published.Present!.Digest.ToString(), cancellationToken).ConfigureAwait(false);
            if (manifest is not { IsImage: true }) return null;
            var now = await bases.OpenAsync(below.Name, below.Platform, cancellationToken).ConfigureAwait(false);
            var config = await repository.ReadConfigAsync(manifest.AsImage().Config, cancellationToken).ConfigureAwait(false);
            return config.DiffIds.Take(now.Config.DiffIds.Count).SequenceEqual(now.Config.DiffIds) ? null : new MovedBase(below.Name, now.Manifest.Digest);
        }
        catch (ViaductException e) when (e.IsAboutContent())
        {
            return null;
        }
    }
}
