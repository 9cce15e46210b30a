using Viaduct.Execution;
using Viaduct.Simulation;
using Viaduct.Verification;

namespace Viaduct.Promoting;

/// <summary>What is promoted, and on which nodes it is pulled before and after.</summary>
public sealed record PromotionRequest(IReadOnlyList<Promoted> Names, PullOptions Pulls)
{
    /// <summary>The nodes of production; when empty, one for each platform of a list.</summary>
    public IReadOnlyList<Node> Nodes { get; init; } = [];

    public Runtime Runtime { get; init; } = Runtimes.Default;

    /// <summary>Tags of production may be pointed at something else than they show now.</summary>
    public bool MoveTags { get; init; }

    /// <summary>Looks and changes nothing.</summary>
    public bool DryRun { get; init; }

    public IProgress<JobEvent>? Progress { get; init; }
}
