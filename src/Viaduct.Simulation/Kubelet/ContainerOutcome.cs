namespace Viaduct.Simulation;

/// <summary>What becomes of one container (or image volume) of a pod on a node.</summary>
public sealed record ContainerOutcome(AdmittedContainer Container, Verdict Verdict, ContainerState State)
{
    /// <summary>Whether the image was on the node already; null where that is not known.</summary>
    public bool? WasPresent { get; init; }

    public IReadOnlyList<PodEvent> Events { get; init; } = [];

    /// <summary>None where nothing is pulled.</summary>
    public IReadOnlyList<CredentialTrial> Trials { get; init; } = [];

    public CredentialLookup Credentials { get; init; } = CredentialLookup.Nothing;

    /// <summary>What was selected and whether it runs, or why nothing was; null where no pull came so far, and where the registry's content is not known.</summary>
    public SimulatedPull? Pull { get; init; }

    /// <summary>For people: what decided, and what to do.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
