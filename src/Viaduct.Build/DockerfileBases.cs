using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>Reads out of a Dockerfile which images have to exist before it can be built.</summary>
public static class DockerfileBases
{
    /// <summary>The images that the needed stages name in FROM and <c>--from</c>, arguments replaced; neither stages nor <c>scratch</c>.</summary>
    /// <exception cref="ViaductException">VIA21xx.</exception>
    public static IReadOnlyList<string> Of(BuildRequest request) => new StageGraph(DockerfileReader.Read(request.Dockerfile), request).Images;

    /// <summary>The image that the target stands on in the end, and the platform that it is wanted for; null for <c>scratch</c>.</summary>
    /// <exception cref="ViaductException">VIA21xx.</exception>
    public static (string Name, Platform Platform)? Below(BuildRequest request) =>
        new StageGraph(DockerfileReader.Read(request.Dockerfile), request).Bottom() is { Image: { } name } source ? (name, source.Platform) : null;

    /// <summary>The ONBUILD instructions that the image will bring along for its children, without building it.</summary>
    /// <exception cref="ViaductException">VIA21xx.</exception>
    public static IReadOnlyList<string> OnBuildOf(BuildRequest request) =>
        [.. new StageGraph(DockerfileReader.Read(request.Dockerfile), request).Target.Instructions.OfType<OnBuildInstruction>().Select(o => o.Expression)];
}
