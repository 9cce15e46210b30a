using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>
/// What one image says of a layer. Another may say of the same digest another size, which fails, or another type, which may be one that is not
/// read (<c>…+encrypted</c>): what comes of reading is then another thing.
/// </summary>
internal readonly record struct LayerKey(Digest Digest, long Size, string MediaType)
{
    public static LayerKey Of(Descriptor layer) => new(layer.Digest, layer.Size, layer.MediaType);
}
