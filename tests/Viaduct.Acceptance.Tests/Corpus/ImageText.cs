using System.Formats.Tar;
using System.Text.Json;
using Viaduct.Oci;
using Viaduct.Oci.Layers;
using Viaduct.Oci.Layouts;

namespace Viaduct.Acceptance.Tests.Corpus;

/// <summary>An image as lines of text, no two of them alike: its files, its settings and its history, without what docs/dockerfile.md says is not the same.</summary>
internal static class ImageText
{
    public static async Task<IReadOnlyList<string>> OfLayoutAsync(string archive)
    {
        var folder = archive[..^".tar".Length];
        Directory.CreateDirectory(folder);
        await TarFile.ExtractToDirectoryAsync(archive, folder, overwriteFiles: true);
        var layout = await OciLayout.OpenAsync(folder, default);
        var manifest = (await layout.FindManifestAsync(Assert.Single(await layout.ListAsync(default)).Digest.ToString(), default))!;
        if (manifest.IsIndex) manifest = (await layout.FindManifestAsync(Assert.Single(manifest.AsIndex().Manifests).Digest.ToString(), default))!;
        var image = manifest.AsImage();
        var config = await layout.ReadSmallBlobAsync(image.Config, 4 << 20, default);
        return await OfAsync(config, [.. image.Layers.Select(layout.AsBlob)]);
    }

    public static async Task<IReadOnlyList<string>> OfAsync(ReadOnlyMemory<byte> config, IReadOnlyList<Blob> layers)
    {
        using var document = JsonDocument.Parse(config);
        var root = document.RootElement;
        return [
            $"{root.GetProperty("os")}/{root.GetProperty("architecture")}",
            root.TryGetProperty("author", out var author) ? $"author: {author}" : "no author",
            // It means something on Windows alone.
            .. root.GetProperty("config").EnumerateObject().Where(p => p.Name != "ArgsEscaped").OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name}: {Text(p.Value)}"),
            .. root.GetProperty("history").EnumerateArray().Select((h, i) => $"{i}: {Line(h.GetProperty("created_by").GetString()!)}"),
            .. await FilesAsync(layers),
        ];
    }

    private static string Line(string line)
    {
        // The values of arguments may be secrets; ports are among the settings.
        return line.StartsWith("ARG ", StringComparison.Ordinal) ? string.Join(' ', line.Split(' ').Select(w => w.Split('=')[0]))
            : line.StartsWith("EXPOSE ", StringComparison.Ordinal) ? "EXPOSE"
            : line.Replace(" # buildkit", "", StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<string>> FilesAsync(IReadOnlyList<Blob> layers)
    {
        var files = await RootFileSystem.LoadAsync(layers, CancellationToken.None);
        return files.Walk("").OrderBy(f => f.Path, StringComparer.Ordinal)
            .Select(f => $"{f.Entry.Kind} {Convert.ToString(f.Entry.Mode, 8)} {f.Entry.Uid}:{f.Entry.Gid} {f.Path} {f.Entry.LinkTarget} {f.Content}");
    }

    /// <summary>Escapes are written in several ways, so texts are compared as what they mean.</summary>
    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(Text))}]",
        JsonValueKind.Object => $"{{{string.Join(", ", value.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name}: {Text(p.Value)}"))}}}",
        JsonValueKind.String => $"'{value.GetString()}'",
        _ => value.GetRawText(),
    };
}
