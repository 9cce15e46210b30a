using Viaduct.Oci;

namespace Viaduct.Build.Dockerfiles;

/// <summary>What of a base decides about violations of its children.</summary>
/// <param name="Platform">Null where it is the one that was asked for.</param>
public sealed record CheckedBase(IReadOnlyList<string> Environment, bool HasShell, IReadOnlyList<string> OnBuild, Platform? Platform)
{
    public static CheckedBase Of(ImageConfig config) => new(config.Container.Env, config.Container.Shell.Count > 0, config.Container.OnBuild, config.Platform);
}
