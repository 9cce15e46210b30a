namespace Viaduct.Simulation;

/// <summary>A node on the way into a list.</summary>
/// <param name="Node">With the name that is written for it, or the one it would like to have.</param>
/// <param name="WrittenAt"><c>file:line:column</c> of the name; null when nobody wrote it, so that it may be changed.</param>
/// <param name="StaticPods">Where its own pods are described; null where it has none.</param>
internal readonly record struct NodeDraft(Node Node, string? WrittenAt = null, StaticPodPlace? StaticPods = null);
