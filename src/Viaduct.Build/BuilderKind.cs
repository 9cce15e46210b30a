namespace Viaduct.Build;

public enum BuilderKind
{
    Auto,
    Embedded,
    Docker,
    Buildx,
}
