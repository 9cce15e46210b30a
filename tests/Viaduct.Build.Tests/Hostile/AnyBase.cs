using Viaduct.Oci;

namespace Viaduct.Build.Tests;

/// <summary>Has every image that is asked for. One in four of them has ONBUILD instructions.</summary>
internal sealed class AnyBase : IBaseImages
{
    private static readonly string[] OnBuild = ["COPY a /on$X", "ENV X=${Y:-1}", "ARG Z=2", "WORKDIR $Z", "LABEL l=${X%1}"];

    public Task<string> KeyAsync(string name, Platform platform, CancellationToken cancellationToken) => Task.FromResult($"{name} {platform}");

    public Task<IReadOnlyList<string>> OnBuildAsync(string name, Platform platform, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>(name.Length % 4 == 0 ? OnBuild : []);

    public Task<BaseImage> OpenAsync(string name, Platform platform, CancellationToken cancellationToken) => throw new NotSupportedException();
}
