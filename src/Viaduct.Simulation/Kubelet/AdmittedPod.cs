namespace Viaduct.Simulation;

/// <summary>A pod as the API server stores it: policies set, service account and its secrets given.</summary>
public sealed record AdmittedPod(Pod Pod, IReadOnlyList<AdmittedContainer> Containers, PodIdentity Identity)
{
    /// <summary>Why the API server refuses it, in its words; null where it is stored.</summary>
    public string? Refusal { get; init; }

    public IReadOnlyList<string> Remarks { get; init; } = [];
}
