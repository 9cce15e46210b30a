namespace Viaduct.Simulation;

/// <summary>What has one outcome.</summary>
/// <param name="Node">What decides of the kind of node for the pods' images: see <see cref="NodeKind.KeyFor"/>.</param>
internal readonly record struct OutcomeKey(PodKind Pod, string Node);
