namespace Viaduct.Cli.Tests;

/// <param name="Variant">Right, Wrong, or nothing: the last paragraph above that began with one of them.</param>
internal sealed record ImagesPageBlock(string Variant, List<ImagesPageStep> Steps);
