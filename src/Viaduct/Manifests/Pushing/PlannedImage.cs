using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>An image of a list that is pushed, and where its content is.</summary>
/// <param name="Repository">Where its blobs are, unless <paramref name="Local"/> says otherwise.</param>
/// <param name="Manifest">Its bytes; those of a local source are read there once more.</param>
/// <param name="Local">A layout or an engine, as <see cref="LocalSource"/> reads it; null for the repository.</param>
internal sealed record PlannedImage(Reference Repository, Descriptor Entry, RawManifest? Manifest, string? Local)
{
    public string From => Local ?? Repository.ToString();

    public bool IsMovedTo(Reference list) => Local is not null || Repository.Name != list.Name;

    public PushedImage ToPushed(Reference list) => new(From, Entry, IsMovedTo(list));
}
