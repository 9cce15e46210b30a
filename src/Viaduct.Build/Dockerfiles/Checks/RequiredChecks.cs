using Viaduct.Oci;

namespace Viaduct.Build.Dockerfiles;

/// <summary>Holds a build to the checks when its Dockerfile or BUILDKIT_DOCKERFILE_CHECK says <c>error=true</c>.</summary>
internal static class RequiredChecks
{
    /// <exception cref="ViaductException">VIA2117, or a VIA21xx when what is said cannot be understood.</exception>
    public static async Task HoldAsync(BuildRequest request, CancellationToken cancellationToken)
    {
        if (!CheckOptions.Of(DockerfileReader.Read(request.Dockerfile), request.Args).IsError) return;
        var result = await DockerfileCheck.OfAsync(request, OpenAsync, all: false, cancellationToken).ConfigureAwait(false);
        if (result.Violations.Count > 0) throw BuildErrors.Violated(result.Violations);

        async Task<CheckedBase> OpenAsync(string image, Platform platform, CancellationToken token) =>
            CheckedBase.Of((await request.Bases.OpenAsync(image, platform, token).ConfigureAwait(false)).Config);
    }
}
