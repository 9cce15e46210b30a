using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>What was answered to one request of a pull.</summary>
public sealed record PullStep(int Status)
{
    /// <summary>The words beside the status, cleaned; empty where there were none.</summary>
    public string Reason { get; init; } = "";

    public IReadOnlyList<SaidError> Errors { get; init; } = [];

    /// <summary><c>Docker-Content-Digest</c>; null where it was missing.</summary>
    public Digest? Digest { get; init; }
}
