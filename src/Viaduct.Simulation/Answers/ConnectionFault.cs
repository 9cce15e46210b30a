namespace Viaduct.Simulation;

public enum ConnectionFault
{
    /// <summary>Nothing listens.</summary>
    Refused,

    NoSuchHost,

    /// <summary>A certificate of an authority that the machine does not trust.</summary>
    UnknownAuthority,

    /// <summary>A certificate for other names.</summary>
    OtherName,

    /// <summary>Anything else, in Go's words.</summary>
    Other,
}
