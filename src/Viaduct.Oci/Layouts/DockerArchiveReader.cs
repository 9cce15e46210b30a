using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Viaduct.Oci.Layouts;

/// <summary>
/// The images of a <c>manifest.json</c> (moby image/tarexport). They have no manifest of their own, so one is written:
/// config and layers keep their bytes, and with them the image its id.
/// </summary>
internal static class DockerArchiveReader
{
    public static async Task<IReadOnlyList<ArchivedImage>> ReadAsync(ArchiveFiles files, byte[] bytes, ImageArchiveLimits limits, CancellationToken cancellationToken)
    {
        Exception Error(string why) => LayoutErrors.BadArchive($"manifest.json: {why}");
        // The file is an array; as a member of an object it is read as strictly as everything else.
        using var document = JsonReading.Parse((byte[])[.. "{\"images\":"u8, .. bytes, (byte)'}'], Error);
        var images = new List<ArchivedImage>();
        foreach (var image in document.RootElement.Items("images", Error))
            images.Add(new ArchivedImage(
                await ManifestAsync(files, image, limits, Error, cancellationToken).ConfigureAwait(false),
                image.Texts("RepoTags", Error)));
        return images;
    }

    private static async Task<RawManifest> ManifestAsync(
        ArchiveFiles files, JsonElement image, ImageArchiveLimits limits, Func<string, Exception> error, CancellationToken cancellationToken)
    {
        Blob Find(string path) => files.Find(path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path)
            ?? throw error($"it names '{OciErrors.Shorten(path)}', which is not there");

        var configPath = image.Text("Config", error) ?? throw error("an image has no config");
        var config = Find(configPath);
        var parsed = ImageConfig.Parse(await ArchiveFiles.ReadAsync(config, configPath, cancellationToken).ConfigureAwait(false), configPath);
        var paths = image.Texts("Layers", error);
        if (paths.Count != parsed.DiffIds.Count)
            throw error($"it lists {paths.Count} layers, and the config knows {parsed.DiffIds.Count}");
        var layers = new List<Descriptor>(paths.Count);
        foreach (var (path, diffId) in paths.Zip(parsed.DiffIds))
            layers.Add(await LayerAsync(Find(path), diffId, limits.Bytes, error, cancellationToken).ConfigureAwait(false));
        return new ImageManifest(config.Descriptor with { MediaType = MediaTypes.OciConfig }, layers).ToManifest();
    }

    /// <summary>What kind of layer it is, and that it is the one that the config knows: docker load checks the same.</summary>
    private static async Task<Descriptor> LayerAsync(Blob layer, Digest diffId, long limit, Func<string, Exception> error, CancellationToken cancellationToken)
    {
        var first = new byte[4];
        var stream = await layer.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
            await stream.ReadAtLeastAsync(first, 4, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        var (mediaType, found) = first switch
        {
            [0x1f, 0x8b, ..] => (MediaTypes.OciLayerGzip, await UnzippedAsync(layer, limit, error, cancellationToken).ConfigureAwait(false)),
            [0x28, 0xb5, 0x2f, 0xfd] => (MediaTypes.OciLayerZstd, diffId),
            _ => (MediaTypes.OciLayer, layer.Descriptor.Digest),
        };
        return found == diffId ? layer.Descriptor with { MediaType = mediaType } : throw OciErrors.ContentMismatch(diffId, $"the layer hashes to {found}");
    }

    private static async Task<Digest> UnzippedAsync(Blob layer, long limit, Func<string, Exception> error, CancellationToken cancellationToken)
    {
        try
        {
            var unzipped = new LimitedStream(new GZipStream(await layer.OpenAsync(cancellationToken).ConfigureAwait(false), CompressionMode.Decompress), limit);
            await using (unzipped.ConfigureAwait(false))
                return Digest.FromSha256(await SHA256.HashDataAsync(unzipped, cancellationToken).ConfigureAwait(false));
        }
        catch (InvalidDataException)
        {
            throw error($"the layer {layer.Descriptor.Digest} is damaged");
        }
    }
}
