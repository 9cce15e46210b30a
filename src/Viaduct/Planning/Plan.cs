using Viaduct.Oci;

namespace Viaduct.Planning;

/// <summary>
/// What a run will do, as a value: printed by <c>viaduct plan</c> and executed unchanged. What is already true is not in it;
/// run twice, the second plan is empty.
/// </summary>
public sealed record Plan
{
    /// <summary>Builds first, then copies, lists and tags: a failure leaves no tag pointing at half a release.</summary>
    public required IReadOnlyList<Step> Steps { get; init; }

    public required Observed Observed { get; init; }

    /// <summary>Tags that exist with other content and may not be moved; when there are any, nothing is done.</summary>
    public required IReadOnlyList<Step.Tag> Refused { get; init; }

    /// <summary>Lists that are not made although something of theirs is worked on, and why.</summary>
    public required IReadOnlyList<(string Image, string Reason)> Skipped { get; init; }

    /// <summary>Whether tags may be moved; asked once more when the digests of what was built are known.</summary>
    public required bool MayMoveTags { get; init; }

    public bool IsEmpty => Steps.Count == 0;

    public IEnumerable<Step.Build> Builds => Steps.OfType<Step.Build>();

    /// <exception cref="ViaductException">VIA5001 naming the tags that would be moved.</exception>
    public Plan MustBeAllowed() => Refused.Count == 0 ? this : throw PlanErrors.WouldMove(Refused);
}
