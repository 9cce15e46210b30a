using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>A registry, or its token service, answered, and not as was asked: its status and its own words.</summary>
public sealed class RegistryException : ViaductException
{
    internal RegistryException(string code, string what, string where, string? todo, ExitCode exit, int status, ErrorEnvelope? said)
        : base(code, what, where, todo, exit) => (Status, SaidCode, Said, All, Body) = (status, said?.Code, said?.Message, said?.All ?? [], said?.Body ?? "");

    /// <summary>The HTTP status of the last try.</summary>
    public int Status { get; }

    /// <summary>How often it was asked.</summary>
    public int Attempts { get; internal init; } = 1;

    /// <summary>How long the registry wants to be left alone (<c>Retry-After</c>), counted from its answer; null when it says nothing of it.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>How much the registry allows, as it said with this answer; null when it says nothing of it.</summary>
    public RegistryQuota? Quota { get; internal init; }

    /// <summary>What stood beside the status; empty when nothing did.</summary>
    public string Reason { get; internal init; } = "";

    /// <summary>The first code of the error body (distribution-spec, "Error Codes"): <c>MANIFEST_UNKNOWN</c>; null when there was none.</summary>
    public string? SaidCode { get; }

    /// <summary>The message beside it, cleaned and shortened.</summary>
    public string? Said { get; }

    /// <summary>All errors of the body, the first one first; before them what <c>error</c> of a Bearer challenge says (RFC 6750).</summary>
    public IReadOnlyList<SaidError> All { get; internal init; }

    /// <summary>What came with the status, as it came; empty when that was more than 64 KiB.</summary>
    public string Body { get; }

    /// <summary>Scheme, host and port of the registry's API.</summary>
    public string Origin { get; internal init; } = "";

    /// <summary>True when the token service answered and not the registry.</summary>
    public bool IsTokenService { get; internal init; }

    /// <summary>True when the registry wants a name and a password and there were none to show.</summary>
    public bool HasNoCredentials { get; internal init; }
}
