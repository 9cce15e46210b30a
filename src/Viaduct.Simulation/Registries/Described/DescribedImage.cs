using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>What a tag or digest shows.</summary>
/// <param name="Name">The tag or digest.</param>
/// <param name="IsList">False for an image that is no list: it has one platform.</param>
internal sealed record DescribedImage(string Name, IReadOnlyList<Platform> Platforms, bool IsList);
