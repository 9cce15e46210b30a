using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>
/// Gives each image of what was read a name of its own, since a name is a file in docker's store:
/// one image may be for several platforms, in a list of a registry as in a description of one.
/// </summary>
internal static class CreateNames
{
    /// <exception cref="ViaductException">VIA5103 when an image is for more platforms than it has names.</exception>
    public static IReadOnlyList<ReadChild> Apart(IReadOnlyList<ReadChild> children)
    {
        var taken = new Dictionary<Reference, Descriptor>();
        // Those that were typed keep their names, wherever they stand.
        foreach (var image in children.SelectMany(c => c.Images)) taken.TryAdd(image.Ref, image.Descriptor);
        return [.. children.Select(c => c with { Images = [.. c.Images.Select(i => i with { Ref = NameOf(i) })] })];

        Reference NameOf(StoredManifest image) =>
            Names(image).FirstOrDefault(n => taken.TryAdd(n, image.Descriptor) || IsSame(taken[n], image.Descriptor)) ?? throw ListErrors.NoNameLeft(image.Ref);
    }

    private static IEnumerable<Reference> Names(StoredManifest image) =>
        [image.Ref, image.Ref.WithDigest(image.Descriptor.Digest), Reference.Parse($"{image.Ref.Name}@{image.Descriptor.Digest}")];

    private static bool IsSame(Descriptor one, Descriptor other) => one.Digest == other.Digest && Equals(one.Platform, other.Platform);
}
