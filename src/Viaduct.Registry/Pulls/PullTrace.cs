namespace Viaduct.Registry;

/// <summary>What a registry, and its token service, answered to who asks for a manifest. Neither a login nor a token is in it.</summary>
public sealed record PullTrace
{
    /// <summary>Why there is no answer; null where there is one.</summary>
    public TransportException? Failure { get; init; }

    /// <summary>Whether that was not the registry's own doing but its token service's, or where else it sends.</summary>
    public bool FailedElsewhere { get; init; }

    /// <summary>False where it was reached over plain HTTP, or speaks that where TLS was tried.</summary>
    public bool Secure { get; init; } = true;

    /// <summary>The 401 that asks for more; null where the first request was let in or refused for good.</summary>
    public PullStep? Challenge { get; init; }

    /// <summary>The scheme that it asks for, as written; null where it names none.</summary>
    public string? Scheme { get; init; }

    public string? Realm { get; init; }
    public string? Service { get; init; }
    public string? Scope { get; init; }

    /// <summary>What the token service said instead of giving a token; a status of 200 is an answer without one. Null where it gave one, and where it was not asked.</summary>
    public PullStep? TokenRefusal { get; init; }

    /// <summary>The 401 that followed on a token or password; null where there was none.</summary>
    public PullStep? Again { get; init; }

    /// <summary>The <c>error</c> in that 401's header: <c>insufficient_scope</c>.</summary>
    public string? Error { get; init; }

    /// <summary>What was said of the manifest to who was let in; null where nobody was.</summary>
    public PullStep? Manifest { get; init; }
}
