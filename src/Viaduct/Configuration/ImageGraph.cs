using Viaduct.Build;
using Viaduct.Oci;

namespace Viaduct.Configuration;

/// <summary>Which image of the set is built from which: read from the FROM and COPY --from lines of the Dockerfiles.</summary>
public static class ImageGraph
{
    /// <summary>The images in an order in which bases come first; images that do not depend on each other keep their order.</summary>
    /// <exception cref="ViaductException">VIA2011 for a circle, VIA2012 for a base that lacks a platform, VIA21xx for a Dockerfile.</exception>
    public static IReadOnlyList<ImageDefinition> Sort(IReadOnlyList<ImageDefinition> images)
    {
        var bases = images.ToDictionary(i => i.Name, i => BasesOf(i, images), StringComparer.Ordinal);
        var sorted = new List<ImageDefinition>(images.Count);
        var path = new List<string>();
        foreach (var image in images) Visit(image);
        return sorted;

        void Visit(ImageDefinition image)
        {
            if (sorted.Contains(image)) return;
            if (path.Contains(image.Name)) throw ConfigErrors.Circle(image.Where, path.SkipWhile(n => n != image.Name).Append(image.Name));
            path.Add(image.Name);
            foreach (var parent in bases[image.Name]) Visit(parent);
            path.RemoveAt(path.Count - 1);
            sorted.Add(image);
        }
    }

    /// <summary>The chosen images and everything in the set that they are built from.</summary>
    /// <exception cref="ViaductException">VIA2009 for a name that the set does not have.</exception>
    public static IReadOnlyList<ImageDefinition> Choose(IReadOnlyList<ImageDefinition> images, IReadOnlyList<string> names)
    {
        if (names.Count == 0) return images;
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
            Add(images.FirstOrDefault(i => i.Name == name) ?? throw ConfigErrors.UnknownImage(name, [.. images.Select(i => i.Name)]));
        return [.. images.Where(i => wanted.Contains(i.Name))];

        void Add(ImageDefinition image)
        {
            if (wanted.Add(image.Name))
                foreach (var parent in BasesOf(image, images)) Add(parent);
        }
    }

    /// <summary>The images in groups that FROM keeps together: who builds a part of one would have to wait for who builds the rest.</summary>
    public static IReadOnlyList<IReadOnlyList<ImageDefinition>> Groups(IReadOnlyList<ImageDefinition> images)
    {
        var groups = new List<List<ImageDefinition>>();
        foreach (var image in images)
        {
            var bases = BasesOf(image, images);
            var joined = groups.Where(g => g.Exists(i => bases.Exists(b => b.Name == i.Name))).ToList();
            groups.RemoveAll(joined.Contains);
            groups.Add([.. joined.SelectMany(g => g), image]);
        }
        return groups;
    }

    /// <summary>The image of the set that a FROM names: <c>pause</c>, or <c>pause:3.10</c> with one of its tags.</summary>
    /// <exception cref="ViaductException">VIA2013 for a tag that the image does not have: it must not be taken from a stranger's registry instead.</exception>
    public static ImageDefinition? Match(string name, IReadOnlyList<ImageDefinition> images)
    {
        foreach (var image in images)
        {
            if (name == image.Name) return image;
            if (!name.StartsWith(image.Name + ":", StringComparison.Ordinal)) continue;
            var tag = name[(image.Name.Length + 1)..];
            return image.Tags.Contains(tag) || image.DeclaredTags.Contains(tag) ? image : throw ConfigErrors.NoSuchTag(image, tag);
        }
        return null;
    }

    private static List<ImageDefinition> BasesOf(ImageDefinition image, IReadOnlyList<ImageDefinition> images)
    {
        var parents = new List<ImageDefinition>();
        foreach (var platform in image.Declared)
            foreach (var name in DockerfileBases.Of(Requests.For(image, platform, NoBases.Instance)))
                if (Match(name, images) is { } parent)
                {
                    if (!parent.Declared.Any(platform.Same)) throw ConfigErrors.NotBuiltFor(parent.Name, platform, image.Name);
                    if (!parents.Contains(parent)) parents.Add(parent);
                }
        return parents;
    }

    /// <summary>Reading the FROM lines needs no base.</summary>
    internal sealed class NoBases : IBaseImages
    {
        public static readonly NoBases Instance = new();

        public Task<string> KeyAsync(string name, Platform platform, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<string>> OnBuildAsync(string name, Platform platform, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<BaseImage> OpenAsync(string name, Platform platform, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
