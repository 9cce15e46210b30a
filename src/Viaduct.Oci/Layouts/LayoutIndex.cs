using System.Text.Json;

namespace Viaduct.Oci.Layouts;

/// <summary>
/// The <c>index.json</c> of a layout (image-spec, image-layout.md). Entries of other tools keep their bytes: nothing that they said is lost.
/// </summary>
internal sealed class LayoutIndex
{
    /// <summary>containerd's and docker's annotation of the whole name, beside the tag in ref.name.</summary>
    public const string ImageName = "io.containerd.image.name";

    public static readonly LayoutIndex Empty = new([], null);

    private readonly IReadOnlyList<(Descriptor Descriptor, string Json)> _entries;
    private readonly string? _annotations;

    private LayoutIndex(IReadOnlyList<(Descriptor, string)> entries, string? annotations)
    {
        _entries = entries;
        _annotations = annotations;
    }

    public IEnumerable<Descriptor> Entries => _entries.Select(e => e.Descriptor);

    public Descriptor? Find(string name) => Entries.FirstOrDefault(e => NameOf(e) == name);

    public static LayoutIndex Parse(ReadOnlyMemory<byte> bytes, Func<string, Exception> error)
    {
        using var document = JsonReading.Parse(bytes, why => error($"index.json: {why}"));
        var root = document.RootElement;
        return new LayoutIndex(
            [.. root.Items("manifests", error).Select(m => (m.AsDescriptor(error), m.GetRawText()))],
            root.Object("annotations", error)?.GetRawText());
    }

    /// <summary>The same index, where this name and no other entry of the same name points to the manifest.</summary>
    public LayoutIndex With(Descriptor manifest)
    {
        var name = NameOf(manifest);
        return new LayoutIndex([.. _entries.Where(e => NameOf(e.Descriptor) != name), (manifest, Write(manifest))], _annotations);
    }

    public static LayoutIndex Of(IEnumerable<Descriptor> entries) => new([.. entries.Distinct().Select(e => (e, Write(e)))], null);

    /// <summary>Entries in the order of name and digest, so that the order of the tagging leaves no trace.</summary>
    public byte[] ToBytes()
    {
        var json = new GoJsonWriter().BeginObject()
            .Name("schemaVersion").Number(2)
            .Name("mediaType").String(MediaTypes.OciIndex)
            .Name("manifests").BeginArray();
        foreach (var entry in _entries
            .OrderBy(e => NameOf(e.Descriptor) ?? "", ByteOrder.Instance)
            .ThenBy(e => e.Descriptor.Annotations.GetValueOrDefault(ImageName) ?? "", ByteOrder.Instance)
            .ThenBy(e => e.Descriptor.Digest.ToString(), StringComparer.Ordinal))
            json.Raw(entry.Json);
        json.EndArray();
        if (_annotations is not null) json.Name("annotations").Raw(_annotations);
        return json.EndObject().ToBytes();
    }

    private static string? NameOf(Descriptor entry) => entry.Annotations.GetValueOrDefault(Annotations.RefName);

    private static string Write(Descriptor manifest)
    {
        var json = new GoJsonWriter().Descriptor(manifest);
        return System.Text.Encoding.UTF8.GetString(json.ToBytes());
    }
}
