using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>Turns one Dockerfile and its context into the image of one platform.</summary>
public interface IImageBuilder
{
    /// <summary>The word in viaduct.yaml's <c>builder:</c>.</summary>
    string Name { get; }

    /// <summary>
    /// The input key: a digest over everything that decides the image's bytes (instructions, resolved arguments, file contents and modes,
    /// the parents' keys, the compressor's identity) and over nothing else; never a time, a host name or a registry's address.
    /// </summary>
    Task<Digest> KeyAsync(BuildRequest request, CancellationToken cancellationToken);

    /// <summary>Whether it can make all of these, asked before the first one is begun: an engine that does not answer or cannot run a platform.</summary>
    /// <exception cref="ViaductException">With what to do.</exception>
    Task CheckAsync(IReadOnlyList<BuildRequest> requests, CancellationToken cancellationToken);

    /// <summary>Builds. The input key is computed anew and written into the manifest as <see cref="Annotations.InputKey"/>.</summary>
    /// <param name="spool">Where the new blobs live until they have been pushed.</param>
    Task<BuiltImage> BuildAsync(BuildRequest request, BlobSpool spool, CancellationToken cancellationToken);
}
