using Viaduct.Oci;

namespace Viaduct;

/// <summary>The references under which a set is pushed to one registry.</summary>
/// <param name="Prefix">Registry and perhaps a path, without a slash at its end.</param>
public sealed record ImageNames(string Prefix)
{
    /// <summary>The names of a platform's child: every template with every tag, the first template's first.</summary>
    public IReadOnlyList<Reference> Children(ImageDefinition image, Platform platform) =>
        [.. image.Children.SelectMany(template => image.Tags.Select(tag => Reference.Parse($"{Prefix}/{template.Expand(image.Name, tag, platform)}"))).Distinct()];

    /// <summary>The names of the image's list: <c>name:tag</c> for every tag.</summary>
    public IReadOnlyList<Reference> Lists(ImageDefinition image) =>
        [.. image.Tags.Select(tag => Reference.Parse($"{Prefix}/{image.Name}:{tag}"))];
}
