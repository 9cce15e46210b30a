namespace Viaduct.Oci;

/// <summary>The annotation keys that Viaduct reads or writes.</summary>
public static class Annotations
{
    /// <summary>The input key of a built child: a digest over all that decided its bytes, so that another machine knows what need not be built.</summary>
    public const string InputKey = "dev.viaduct.input-key";

    public const string Created = "org.opencontainers.image.created";

    /// <summary>The tag of a manifest in an OCI layout's index.json.</summary>
    public const string RefName = "org.opencontainers.image.ref.name";
}
