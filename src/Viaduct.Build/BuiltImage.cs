using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>The image of one platform as a builder made it.</summary>
/// <param name="Blobs">Config and layers from the base up; a base's layers say where they can be mounted from.</param>
public sealed record BuiltImage(Platform Platform, RawManifest Manifest, ImageConfig Config, IReadOnlyList<Blob> Blobs);
