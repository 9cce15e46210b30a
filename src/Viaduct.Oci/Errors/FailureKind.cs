namespace Viaduct.Oci;

/// <summary>
/// What happened to content or on the way to it, for callers that go on differently; the code says more, and to people. Codes of one kind
/// stand together in <c>docs/registry.md</c>.
/// </summary>
public enum FailureKind
{
    /// <summary>Nothing of the below: a wrong file, a wrong word, a fault of this machine.</summary>
    Other,

    /// <summary>It is not there, and whoever would have it says so cleanly.</summary>
    Absent,

    /// <summary>Not for this account, or not without one. Registries say it of what is absent, too.</summary>
    Denied,

    /// <summary>The registry asks for patience, for longer than is waited.</summary>
    Throttled,

    /// <summary>No answer, or no whole one.</summary>
    Unreachable,

    /// <summary>No secure connection: a certificate that does not count, or no TLS at all.</summary>
    Tls,

    /// <summary>What came is not what the protocol says, or leads where it must not be followed.</summary>
    Protocol,

    /// <summary>Other bytes than their digest or size says.</summary>
    Mismatch,

    /// <summary>More than the registry takes, or than is read.</summary>
    TooLarge,

    /// <summary>The registry does not do that, and says so.</summary>
    Refused,

    /// <summary>The registry tried and failed.</summary>
    Failed,
}
