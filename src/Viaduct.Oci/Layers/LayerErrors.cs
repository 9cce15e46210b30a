namespace Viaduct.Oci.Layers;

/// <summary>The failures of archives and layers: VIA1020 to VIA1029.</summary>
internal static class LayerErrors
{
    public static ViaductException BadArchive(string why, string? where, Exception? inner = null) =>
        new("VIA1020", $"the layer is not a sound archive: {why}", where, inner: inner);

    public static ViaductException TooMuch(string why, string? where) =>
        new("VIA1021", $"the layer is larger than what is read: {why}", where);

    public static ViaductException LinkLoop(string path) =>
        new("VIA1022", $"'{Show(path)}' leads through more than {FileTree.MaxLinks} symbolic links");

    public static ViaductException Unsupported(string what, string? where, string? todo = null) =>
        new("VIA1023", $"the layer cannot be read: {what}", where, todo);

    public static ViaductException BadPath(string path, string why, string? where) =>
        new("VIA1024", $"'{Show(path)}' is not a place in an image: {why}", where);

    public static ViaductException BadEntry(string path, string why) =>
        new("VIA1025", $"'{Show(path)}' cannot be put into a layer: {why}");

    /// <summary>Names come from archives of strangers: nothing in them may reach a terminal as a control sequence.</summary>
    private static string Show(string text) =>
        OciErrors.Shorten(string.Concat(text.Take(200).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)));
}
