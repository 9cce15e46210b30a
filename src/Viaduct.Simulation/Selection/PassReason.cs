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

    /// <summary>It is the best there is, and the runtime fails with it: a fall-back that is not fetched, an image of another system.</summary>
    Refused,
}
