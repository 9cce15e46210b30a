using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>The images that one build has opened, each once.</summary>
internal sealed class OpenedBases(IBaseImages bases)
{
    private readonly Dictionary<(string Name, Platform Platform), StageImage> _images = [];

    public async Task<StageImage> OpenAsync(Word word, string name, Platform platform, CancellationToken cancellationToken)
    {
        if (_images.TryGetValue((name, platform), out var known)) return known;
        var image = await bases.OpenAsync(name, platform, cancellationToken).ConfigureAwait(false);
        var (found, asked) = (image.Config.Platform.Normalized(), platform.Normalized());
        if (found.Os != asked.Os || found.Architecture != asked.Architecture) throw BuildErrors.WrongBasePlatform(word, name, platform, image.Config.Platform);
        var (layers, diffIds) = (image.Manifest.AsImage().Layers.Count, image.Config.DiffIds.Count);
        if (layers != diffIds) throw BuildErrors.LayersMiscounted(word, name, layers, diffIds);
        return _images[(name, platform)] = StageImage.Of(image);
    }
}
