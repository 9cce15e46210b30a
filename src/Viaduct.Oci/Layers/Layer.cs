namespace Viaduct.Oci.Layers;

/// <summary>A finished layer: what a manifest says of it, and the digest of the tar inside, which the config says.</summary>
public sealed record Layer(Descriptor Descriptor, Digest DiffId);
