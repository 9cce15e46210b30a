using Viaduct.Oci;

namespace Viaduct.Promoting;

/// <summary>A list of staging, or one of its images that has names of its own, and the names that it is to have in production.</summary>
/// <param name="Image">What the list and its images have in common.</param>
/// <param name="Platform">Null for what the image's name stands for: the list, or an image without one.</param>
/// <param name="From">Its repository in staging.</param>
/// <param name="To">One or more, each with a tag.</param>
public sealed record Promoted(string Image, Platform? Platform, Descriptor Content, Reference From, IReadOnlyList<Reference> To)
{
    public bool IsChild => Platform is not null;
}
