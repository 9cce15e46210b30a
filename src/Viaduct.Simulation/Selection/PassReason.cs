namespace Viaduct.Simulation;

public enum PassReason
{
    NoPlatform,
    Attestation,
    OtherPlatform,

    /// <summary>It would do, but an entry for a better platform is there.</summary>
    WorsePlatform,

    /// <summary>It is for the same platform as the chosen entry, which stands before it.</summary>
    Duplicate,
}
