using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>Finds what FROM and COPY --from name when it is neither scratch nor a stage: an image of the set, or one in a registry.</summary>
public interface IBaseImages
{
    /// <summary>What stands for the base in an input key: the key of an image of the set, the manifest digest of a foreign one.</summary>
    Task<string> KeyAsync(string name, Platform platform, CancellationToken cancellationToken);

    /// <summary>
    /// The ONBUILD instructions that the base brings along: a part of what its children are built from, so an input key needs them
    /// before any base is opened.
    /// </summary>
    Task<IReadOnlyList<string>> OnBuildAsync(string name, Platform platform, CancellationToken cancellationToken);

    /// <exception cref="ViaductException">The base does not exist, or has no image for the platform.</exception>
    Task<BaseImage> OpenAsync(string name, Platform platform, CancellationToken cancellationToken);
}
