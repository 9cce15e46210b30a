using System.Globalization;
using System.Text;
using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Simulation.Tests;

/// <summary>Makes small images and lists into a <see cref="MemoryContent"/>.</summary>
internal static class ImageMaker
{
    public const int Executable = 0b111_101_101;

    /// <summary>A layer of one executable.</summary>
    public static (TarEntry, byte[]?)[] Program(string path, byte[] bytes, int mode = Executable) =>
        [(new TarEntry(path, TarEntryKind.File) { Size = bytes.Length, Mode = mode }, bytes)];

    public static (TarEntry, byte[]?)[] Script(string path, string text) => Program(path, Encoding.UTF8.GetBytes(text));

    public static (TarEntry, byte[]?)[] Link(string path, string target) =>
        [(new TarEntry(path, TarEntryKind.SymbolicLink) { LinkTarget = target }, null)];

    public static (TarEntry, byte[]?)[] Folder(string path) => [(new TarEntry(path, TarEntryKind.Directory), null)];

    public static async Task<byte[]> TarAsync((TarEntry, byte[]?)[] layer)
    {
        using var archive = new MemoryStream();
        var tar = new TarWriter(archive);
        foreach (var (entry, bytes) in layer) await tar.WriteAsync(entry, bytes is null ? null : new MemoryStream(bytes), default);
        await tar.CompleteAsync(default);
        return archive.ToArray();
    }

    public static async Task<RawManifest> ImageAsync(this MemoryContent content, string config, ContainerConfig container, params (TarEntry, byte[]?)[][] layers)
    {
        var descriptors = new List<Descriptor>();
        foreach (var layer in layers) descriptors.Add(content.Add(MediaTypes.OciLayer, await TarAsync(layer)));
        return content.Image(config, container, [.. descriptors]);
    }

    /// <summary>An image of layers that are there already.</summary>
    public static RawManifest Image(this MemoryContent content, string config, ContainerConfig container, params Descriptor[] layers)
    {
        var platform = config.Length == 0 ? new Platform("", "") : Platform.Parse(config);
        var manifest = new ImageManifest(
            content.Add(MediaTypes.OciConfig, new ImageConfig(platform) { Container = container, DiffIds = [.. layers.Select(l => l.Digest)] }.ToBytes()), layers).ToManifest();
        content.Add(manifest);
        return manifest;
    }

    public static RawManifest List(params (string Platform, RawManifest Child)[] entries) =>
        List(entries.Select(e => (e.Platform, e.Child.Descriptor)));

    public static RawManifest List(IEnumerable<(string Platform, Descriptor Child)> entries)
    {
        var lines = entries.Select(e => string.Create(CultureInfo.InvariantCulture,
            $$"""{"mediaType":"{{e.Child.MediaType}}","digest":"{{e.Child.Digest}}","size":{{e.Child.Size}}{{PlatformJson(e.Platform)}}}"""));
        var json = $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{{string.Join(',', lines)}}]}""";
        return RawManifest.Parse(Encoding.UTF8.GetBytes(json), MediaTypes.OciIndex);
    }

    private static string PlatformJson(string platform) => platform == "none" || Platform.Parse(platform) is not { } p ? "" :
        $$""","platform":{"os":"{{p.Os}}","architecture":"{{p.Architecture}}"{{(p.Variant is null ? "" : $$""","variant":"{{p.Variant}}" """)}}{{(p.OsVersion is null ? "" : $$""","os.version":"{{p.OsVersion}}" """)}}}""";
}
