namespace Viaduct.Simulation;

/// <summary>The kinds of failure that containerd's callers treat differently.</summary>
internal enum FailureClass
{
    /// <summary>gRPC's Unknown.</summary>
    Other,
    NotFound,
    NotImplemented,
    InvalidArgument,

    /// <summary>containerd's ErrInvalidAuthorization.</summary>
    Denied,

    /// <summary>containerd's ErrUnexpectedStatus.</summary>
    Status,
}
