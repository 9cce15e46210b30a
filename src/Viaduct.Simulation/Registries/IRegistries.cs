using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>What registries say to pulls. Asked at most once for each image and login; may be asked from many threads.</summary>
public interface IRegistries
{
    /// <param name="login">Null for a pull without any.</param>
    /// <exception cref="ViaductException">Only what must end the whole run, such as cancellation by its caller; a registry that cannot be reached is an answer.</exception>
    ValueTask<ImageAnswer> AskAsync(Reference image, RegistryLogin? login, CancellationToken cancellationToken);
}
