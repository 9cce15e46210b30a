namespace Viaduct.Oci.Layers;

/// <summary>
/// The order of the entries of a layer that are not ordered by their making: by path, so a directory stands before what is in it,
/// and hard links behind all else, since a link must follow its target.
/// </summary>
public sealed class LayerOrder : IComparer<TarEntry>
{
    public static readonly LayerOrder Instance = new();

    private LayerOrder() { }

    public int Compare(TarEntry? x, TarEntry? y)
    {
        if (x is null || y is null) return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        var links = (x.Kind == TarEntryKind.HardLink).CompareTo(y.Kind == TarEntryKind.HardLink);
        return links != 0 ? links : string.CompareOrdinal(x.Path, y.Path);
    }
}
