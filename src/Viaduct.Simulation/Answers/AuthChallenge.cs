namespace Viaduct.Simulation;

/// <summary>A <c>401</c> with <c>WWW-Authenticate</c>, and what comes of answering it.</summary>
public sealed record AuthChallenge(ChallengeScheme Scheme)
{
    /// <summary>The token server, as the header names it; for Bearer only.</summary>
    public string Realm { get; init; } = "";

    public string Service { get; init; } = "";

    /// <summary>Scopes, parted by spaces; empty where the header names none.</summary>
    public string Scope { get; init; } = "";

    /// <summary>What the token server says instead of giving a token; a status below 400 is an answer without one. Null where it gives one.</summary>
    public HttpAnswer? TokenRefusal { get; init; }

    /// <summary>Whether a request with the token, or with the credentials that were given, is let in.</summary>
    public bool Accepts { get; init; }

    /// <summary>The <c>error</c> in the header of the second 401: <c>insufficient_scope</c>. Null where there is none.</summary>
    public string? Error { get; init; }

    /// <summary>The 401 itself.</summary>
    public HttpAnswer Answer { get; init; } = new(401);
}
