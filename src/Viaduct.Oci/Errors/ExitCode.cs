namespace Viaduct.Oci;

/// <summary>What the process answers to its caller; documented in <c>docs/errors.md</c>.</summary>
public enum ExitCode
{
    Done = 0,
    Failed = 1,
    Usage = 2,
    /// <summary><c>--check</c> found something to do.</summary>
    CheckFound = 3,
    Denied = 4,
    Unreachable = 5,
    VerificationFailed = 6,
    Cancelled = 130,
}
