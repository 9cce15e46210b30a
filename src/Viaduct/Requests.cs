using Viaduct.Build;
using Viaduct.Oci;

namespace Viaduct;

/// <summary>Makes the build request of one image and platform.</summary>
internal static class Requests
{
    /// <summary>Dockerfiles get <c>ARCH</c> as Kubernetes' Makefiles give it; <c>BASE</c> and all others come from the configuration.</summary>
    public static BuildRequest For(ImageDefinition image, Platform platform, IBaseImages bases, long epoch = 0, int threads = 1) => WithBuilder(image, new()
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
    });

    private static BuildRequest WithBuilder(ImageDefinition image, BuildRequest request)
    {
        var (builder, runsOn) = image.Builder.For(request.Platform);
        var engine = image.Engine with { CacheFrom = [.. image.Engine.CacheFrom.Select(Fill)], CacheTo = [.. image.Engine.CacheTo.Select(Fill)] };
        return request with { Builder = builder, RunsOn = runsOn, Engine = engine, Form = image.Form, Attest = image.Attest };

        // One cache for all platforms would be overwritten by each of them.
        string Fill(string cache) => cache.Replace("$(NAME)", image.Name, StringComparison.Ordinal).Replace("$(ARCH)", request.Platform.ArchWord, StringComparison.Ordinal);
    }
}
