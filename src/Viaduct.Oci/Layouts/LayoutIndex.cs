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

    public Descriptor? Find(string name) =>
        Entries.FirstOrDefault(e => NameOf(e) == name) ?? Entries.FirstOrDefault(e => e.Annotations.GetValueOrDefault(ImageName) == name);

    public static LayoutIndex Parse(ReadOnlyMemory<byte> bytes, Func<string, Exception> error)
    {
        using var document = JsonReading.Parse(bytes, why => error($"index.json: {why}"));
        var root = document.RootElement;
        return new LayoutIndex(
            [.. root.Items("manifests", error).Select(m => (m.AsDescriptor(error), m.GetRawText()))],
            root.Object("annotations", error)?.GetRawText());
    }

    /// <summary>
    /// The same index, where this name and no other entry of the same name points to the manifest; null when it is that already.
    /// With a whole name beside the tag, entries of the tag with other whole names stay.
    /// </summary>
    public LayoutIndex? With(Descriptor manifest)
    {
        var name = LayoutName.Of(manifest)!;
        bool IsSame(Descriptor entry) => LayoutName.Of(entry) is { } other && other.RefName == name.RefName
            && (name.ImageName is null || other.ImageName == name.ImageName);
        var same = Entries.Where(IsSame).ToList();
        return same is [var only] && only == manifest ? null
            : new LayoutIndex([.. _entries.Where(e => !IsSame(e.Descriptor)), (manifest, Write(manifest))], _annotations);
    }

    /// <summary>The same index and entries without a name for what has none yet; null when all have one.</summary>
    public LayoutIndex? WithNameless(IEnumerable<Descriptor> manifests)
    {
        var known = Entries.Select(e => e.Digest).ToHashSet();
        var fresh = manifests.Where(m => known.Add(m.Digest)).ToList();
        return fresh.Count == 0 ? null : new([.. _entries, .. fresh.Select(m => (m, Write(m)))], _annotations);
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
