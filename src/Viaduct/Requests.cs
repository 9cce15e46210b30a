using Viaduct.Build;
using Viaduct.Oci;

namespace Viaduct;

/// <summary>Makes the build request of one image and platform.</summary>
internal static class Requests
{
    /// <summary>Dockerfiles get <c>ARCH</c> as Kubernetes' Makefiles give it; <c>BASE</c> and all others come from the configuration.</summary>
    public static BuildRequest For(ImageDefinition image, Platform platform, IBaseImages bases, long epoch = 0, int threads = 1) => new()
    {
        Name = image.Name,
        Context = image.Context,
        Dockerfile = image.Dockerfile,
        Platform = platform,
        Bases = bases,
        Args = new Dictionary<string, string>(image.Args, StringComparer.Ordinal) { ["ARCH"] = platform.ArchWord },
        Labels = image.Labels,
        Target = image.Target,
        Epoch = epoch,
        Threads = threads,
    };
}
