namespace Viaduct.Simulation;

/// <summary>An image that is on nodes before pods come, as far as pods of a repository are concerned.</summary>
/// <param name="Repository">Of the image, or of another name of the same content: kubelet's records of pulls are by content. Or an image ID, for pods that name one.</param>
/// <param name="Number">The same for the same image.</param>
internal readonly record struct NodeImage(string Repository, int Number, PresentImage Image);
