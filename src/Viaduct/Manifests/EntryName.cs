using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>What an image of a local list is called by those who type: a name in a registry, or the local source that it came from.</summary>
/// <param name="Name">Complete; null for a source.</param>
/// <param name="Source">As <see cref="LocalSource.Complete"/> gives it; null for a name.</param>
internal sealed record EntryName(Reference? Name, string? Source)
{
    /// <param name="prefix">What docker puts before its reason against a name.</param>
    /// <exception cref="ViaductException">VIA5100, VIA5142.</exception>
    public static EntryName Parse(string text, string folder, string prefix = "") =>
        LocalSource.IsMeant(text) ? new(null, LocalSource.Complete(text, folder)) : new(DockerName.Parse(text, prefix), null);

    /// <returns>Null when it has none; also when several images came from the source.</returns>
    /// <exception cref="ViaductException">VIA5130 when it is not among those that can be read and there are others.</exception>
    public StoredEntry? FindIn(StoredList list)
    {
        var found = Name is not null ? list.Find(Name) : list.Entries.Where(e => LocalSource.Of(list, e.Image) == Source).ToList() is [var only] ? only : null;
        return found is null && list.Unreadable is [var unreadable, ..] ? throw unreadable : found;
    }

    public override string ToString() => Source ?? Name!.ToString();
}
