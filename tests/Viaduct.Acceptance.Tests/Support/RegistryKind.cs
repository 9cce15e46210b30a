namespace Viaduct.Acceptance.Tests;

public enum RegistryKind
{
    /// <summary>Viaduct's own.</summary>
    Embedded,

    /// <summary>distribution 2.8, the one that most registries descend from.</summary>
    Distribution,
}
