using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>Several ways to know what registries say, as one.</summary>
public static class Registries
{
    /// <summary>What is described is not asked; all others are, or are not known.</summary>
    /// <param name="live">Null where no registry may be asked.</param>
    public static IRegistries Of(DescribedRegistries? described, IRegistries? live) => new Joined(described, live);

    private sealed class Joined(DescribedRegistries? described, IRegistries? live) : IRegistries
    {
        public ValueTask<ImageAnswer> AskAsync(Reference image, RegistryLogin? login, CancellationToken cancellationToken) =>
            described?.Describes(image.Registry) == true ? described.AskAsync(image, login, cancellationToken)
            : live is not null ? live.AskAsync(image, login, cancellationToken)
            : new(new ImageAnswer { Unknown = $"{image.Registry} was not asked" });
    }
}
