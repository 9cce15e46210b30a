using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>
/// Where an image says of which inputs it was made: in the annotation <see cref="Annotations.InputKey"/> of its manifest, OCI's or docker's. A label would be
/// inherited by all that is built upon it, and configs that an engine made keep their bytes.
/// </summary>
public static class InputKey
{
    /// <summary>The key of a manifest; null for a list, and for an image that says none.</summary>
    public static Digest? Of(RawManifest manifest) =>
        manifest.IsImage && manifest.AsImage().Annotations.TryGetValue(Annotations.InputKey, out var text) && Digest.TryParse(text, out var key) ? key : null;
}
