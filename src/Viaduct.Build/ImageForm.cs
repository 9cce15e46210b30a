using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>In which of the possible forms an image is written.</summary>
/// <param name="Compressor">Of the layers that are made.</param>
/// <param name="Kind">Whose media types manifest, config and layers have.</param>
public sealed record ImageForm(Compressor Compressor = Compressor.Gzip, ManifestKind Kind = ManifestKind.Oci)
{
    public static readonly ImageForm Default = new();
}
