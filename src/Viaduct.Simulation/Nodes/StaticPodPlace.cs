namespace Viaduct.Simulation;

/// <summary>A file or folder of static pods that a node's entry names.</summary>
/// <param name="Path">In full.</param>
/// <param name="Written">As it is named.</param>
/// <param name="Where"><c>file:line:column</c> of what names it.</param>
internal sealed record StaticPodPlace(string Path, string Written, string Where);
