using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>The image of one platform as a builder made it.</summary>
/// <param name="Blobs">Config and layers from the base up; a base's layers say where they can be mounted from.</param>
public sealed record BuiltImage(Platform Platform, RawManifest Manifest, ImageConfig Config, IReadOnlyList<Blob> Blobs)
{
    /// <summary>What belongs to it in every list that it is in.</summary>
    public IReadOnlyList<Attestation> Attestations { get; init; } = [];

    /// <summary>Of the inputs that it was made from.</summary>
    public Digest Key { get; init; }

    /// <summary>An engine made it: it may have taken an hour, and is not to be thrown away because another build fails.</summary>
    public bool IsCostly { get; init; }
}
