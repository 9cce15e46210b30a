namespace Viaduct.Simulation;

/// <summary>What must be so for a cause to be the cause.</summary>
[Flags]
public enum CauseFit
{
    Any = 0,

    /// <summary>A login was shown to the registry.</summary>
    WithLogin = 1,

    /// <summary>None was.</summary>
    WithoutLogin = 2,

    /// <summary>Objects, nodes and registries that are described show it: where they predict that all is well, it is another.</summary>
    Foreseen = 4,
}
