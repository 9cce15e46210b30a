namespace Viaduct.GitHubStandIn;

/// <summary>What becomes of a request.</summary>
public enum Trouble
{
    None,
    /// <summary>500, and nothing was done.</summary>
    Refused,
    /// <summary>502, and it was done all the same.</summary>
    DoneAndFailed,
    /// <summary>It was done, and the connection ended before the answer.</summary>
    DoneAndCut,
    /// <summary>A secondary limit: 403 with Retry-After.</summary>
    Limited,
    /// <summary>This and every later request is refused, until GitHub is well again.</summary>
    Down,
}
