using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>An image to take into a local list.</summary>
/// <param name="Text">As it was typed: a reference, <c>oci:DIR[:NAME]</c> or <c>docker-daemon:NAME</c>.</param>
/// <param name="Platform">Instead of what the image's config says; null for the config's.</param>
/// <param name="MayBeMissing">Left out, with a note, when the registry says that there is none.</param>
public sealed record ChildName(string Text, Platform? Platform = null, bool MayBeMissing = false)
{
    /// <summary>What its description says and no list can hold; told when it is read.</summary>
    public string? Remark { get; init; }
}
