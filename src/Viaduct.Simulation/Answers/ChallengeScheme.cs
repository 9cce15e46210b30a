namespace Viaduct.Simulation;

public enum ChallengeScheme
{
    Basic,
    Bearer,

    /// <summary>What no runtime answers: Digest, Negotiate.</summary>
    Other,
}
