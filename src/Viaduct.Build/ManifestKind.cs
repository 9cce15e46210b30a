namespace Viaduct.Build;

public enum ManifestKind
{
    Oci,
    Docker,
}
