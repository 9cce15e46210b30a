namespace Viaduct.Oci.Layouts;

/// <summary>What an entry of index.json is called.</summary>
/// <param name="RefName">The annotation of image-spec: a tag, or more (annotations.md).</param>
/// <param name="ImageName">containerd's and docker's annotation of the whole name, by which entries of one tag are told apart; null where there is none.</param>
public sealed record LayoutName(string RefName, string? ImageName = null)
{
    /// <summary>Null when the entry has no name.</summary>
    public static LayoutName? Of(Descriptor entry) =>
        entry.Annotations.GetValueOrDefault(Annotations.RefName) is { } name ? new(name, entry.Annotations.GetValueOrDefault(LayoutIndex.ImageName)) : null;

    internal IReadOnlyDictionary<string, string> ToAnnotations()
    {
        var annotations = new Dictionary<string, string>();
        if (ImageName is not null) annotations[LayoutIndex.ImageName] = ImageName;
        annotations[Annotations.RefName] = RefName;
        return annotations;
    }

    /// <summary>The whole name.</summary>
    public override string ToString() => ImageName ?? RefName;
}
