using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>
/// Keeps what was found in images. What is kept depends on an image's content alone and on what was asked, and the key names both;
/// so it never grows old. What comes back is checked by whoever asks. It says nothing of where the content lies: an image that is found here
/// may have lost its layers in a registry, which a verifier asks.
/// </summary>
public interface IProgramCache
{
    /// <returns>Null when there is nothing under the key. What cannot be read is nothing too.</returns>
    Task<byte[]?> FindAsync(Digest key, CancellationToken cancellationToken);

    /// <summary>Keeps some bytes if it can: that it cannot is no error.</summary>
    Task KeepAsync(Digest key, ReadOnlyMemory<byte> found, CancellationToken cancellationToken);
}
