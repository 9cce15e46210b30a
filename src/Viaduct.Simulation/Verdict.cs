namespace Viaduct.Simulation;

/// <summary>What a prediction comes to.</summary>
public enum Verdict
{
    Ok,

    /// <summary>It works, though not with every version or machine that the node may be.</summary>
    Warning,

    Failure,

    /// <summary>What was found does not decide it.</summary>
    Unknown,
}
