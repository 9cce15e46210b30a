using Viaduct.Oci;

namespace Viaduct.Spreading;

/// <summary>The part of a set that one machine builds: each of the images for each of the platforms.</summary>
/// <param name="Name">Fit for a file: <c>linux-arm64</c>, or <c>linux-arm64-2</c> where several build for the platform, <c>linux-386-and-2-more</c> where one builds for several.</param>
/// <param name="Runner">The kind of machine.</param>
public sealed record Leg(string Name, IReadOnlyList<Platform> Platforms, IReadOnlyList<string> Images, string Runner)
{
    /// <summary>What <c>viaduct build</c> has to be told.</summary>
    public string Arguments => $"{string.Join(' ', Images)} --platform {string.Join(',', Platforms)}";

    /// <summary>The set without what other machines build.</summary>
    public ImageSet Of(ImageSet set) => set with
    {
        Images = [.. set.Images.Select(i => i with { Platforms = [.. i.Platforms.Where(p => Platforms.Any(p.Same))] })],
    };
}
