using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>What runs images on a machine, and can be given one.</summary>
public interface IEngine : IDisposable
{
    EngineInfo Info { get; }

    /// <summary>Gives it one image as a tar file: a docker archive, which is an OCI layout, too.</summary>
    /// <param name="write">Writes the archive; it is cancelled when the engine wants no more.</param>
    /// <exception cref="ViaductException">VIA2192 with the engine's words; what <paramref name="write"/> throws.</exception>
    Task LoadAsync(Platform platform, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken);

    /// <summary>The digest that it knows an image by: of the config, or of the manifest in containerd's store. Null when it has none of the name.</summary>
    Task<string?> FindAsync(Reference name, CancellationToken cancellationToken);

    /// <summary>As it is called there: docker and podman leave <c>docker.io/library/</c> away.</summary>
    string NameOf(Reference name);

    /// <summary>The words that run it.</summary>
    /// <param name="platform">Null for the host's.</param>
    IReadOnlyList<string> RunWith(Reference name, Platform? platform);
}
