using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>An image to build upon: for one platform, never a list.</summary>
/// <param name="Content">Where its layers are read from.</param>
/// <param name="Repository">Where its blobs can be mounted from when it lies in a registry.</param>
public sealed record BaseImage(RawManifest Manifest, ImageConfig Config, IContentSource Content, Reference? Repository);
