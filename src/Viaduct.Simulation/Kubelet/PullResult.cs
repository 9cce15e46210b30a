namespace Viaduct.Simulation;

/// <summary>What comes of all PullImage calls for one image.</summary>
/// <param name="Trials">In the order of the calls.</param>
internal sealed record PullResult(IReadOnlyList<CredentialTrial> Trials)
{
    /// <summary>Why none succeeded, in kubelet's words; null where one did, and where that is not known.</summary>
    public string? Error { get; init; }

    /// <summary>Why it is not known whether one succeeds; null where it is.</summary>
    public string? Unknown { get; init; }

    /// <summary>The image that was got; null where the registry's content is not known. With <see cref="Unknown"/> what would be got, with <see cref="Error"/> why nothing of it does.</summary>
    public SimulatedPull? Pull { get; init; }

    public Verdict Verdict => Error is not null ? Verdict.Failure : Unknown is not null || Pull is null ? Verdict.Unknown : Pull.Verdict;
}
