using System.Text.Json;
using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>What <c>--metadata-file</c> says of the result (docker/buildx docs, "metadata-file").</summary>
internal static class BuildxMetadata
{
    private const int MaxSize = 16 << 20;

    /// <summary>The digest of the manifest or list; of the config, where an engine without the containerd store has made it.</summary>
    /// <exception cref="ViaductException">VIA2177.</exception>
    public static Digest ReadDigest(string file, string image)
    {
        if (new FileInfo(file) is not { Exists: true, Length: < MaxSize }) throw BuildxErrors.BadResult(image, "it wrote no metadata");
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var root = document.RootElement;
            var text = Text(root, "containerimage.digest")
                ?? (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("containerimage.descriptor", out var descriptor) ? Text(descriptor, "digest") : null);
            return Digest.TryParse(text ?? "", out var digest) ? digest : throw BuildxErrors.BadResult(image, "its metadata names no digest");
        }
        catch (JsonException)
        {
            throw BuildxErrors.BadResult(image, "its metadata is not JSON");
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
