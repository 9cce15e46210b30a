using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Viaduct.Oci.Layers;

namespace Viaduct.Oci.Layouts;

/// <summary>
/// The images of a <c>manifest.json</c> (moby image/tarexport). They have no manifest of their own, so one is written:
/// config and layers keep their bytes, and with them the image its id.
/// </summary>
internal sealed class DockerArchiveReader
{
    private readonly ArchiveFiles _files;
    private readonly long _limit;
    // A layer is in many images, and a stranger's manifest.json may name a layer or a config as often as it likes.
    private readonly Dictionary<Digest, IReadOnlyList<Digest>> _configs = [];
    private readonly Dictionary<Digest, (string MediaType, Digest? DiffId)> _layers = [];
    private long _unzipped;

    private DockerArchiveReader(ArchiveFiles files, ImageArchiveLimits limits)
    {
        _files = files;
        _limit = limits.Bytes;
    }

    public static async Task<IReadOnlyList<ArchivedImage>> ReadAsync(ArchiveFiles files, byte[] bytes, ImageArchiveLimits limits, CancellationToken cancellationToken)
    {
        var reader = new DockerArchiveReader(files, limits);
        // The file is an array; as a member of an object it is read as strictly as everything else.
        using var document = JsonReading.Parse((byte[])[.. "{\"images\":"u8, .. bytes, (byte)'}'], Error);
        var images = new List<ArchivedImage>();
        foreach (var image in document.RootElement.Items("images", Error))
            images.Add(new ArchivedImage(await reader.ManifestAsync(image, cancellationToken).ConfigureAwait(false), image.Texts("RepoTags", Error)));
        return images;
    }

    private async Task<RawManifest> ManifestAsync(JsonElement image, CancellationToken cancellationToken)
    {
        var configPath = image.Text("Config", Error) ?? throw Error("an image has no config");
        var config = Find(configPath);
        if (!_configs.TryGetValue(config.Descriptor.Digest, out var diffIds))
            diffIds = ImageConfig.Parse(await ArchiveFiles.ReadAsync(config, configPath, cancellationToken).ConfigureAwait(false), configPath).DiffIds;
        var paths = image.Texts("Layers", Error);
        if (paths.Count != diffIds.Count)
            throw Error($"it lists {paths.Count} layers, and the config knows {diffIds.Count}");
        _configs[config.Descriptor.Digest] = diffIds;
        var layers = new List<Descriptor>(paths.Count);
        foreach (var (path, diffId) in paths.Zip(diffIds))
            layers.Add(await LayerAsync(Find(path), diffId, cancellationToken).ConfigureAwait(false));
        return new ImageManifest(config.Descriptor with { MediaType = MediaTypes.OciConfig }, layers).ToManifest();
    }

    private Blob Find(string path) =>
        _files.Find(path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path)
        ?? throw Error($"it names '{OciErrors.Shorten(path)}', which is not there");

    /// <summary>What kind of layer it is, and that it is the one that the config knows: docker load checks the same.</summary>
    private async Task<Descriptor> LayerAsync(Blob layer, Digest diffId, CancellationToken cancellationToken)
    {
        if (!_layers.TryGetValue(layer.Descriptor.Digest, out var known))
            _layers.Add(layer.Descriptor.Digest, known = await ExamineAsync(layer, cancellationToken).ConfigureAwait(false));
        return known.DiffId is { } found && found != diffId
            ? throw OciErrors.ContentMismatch(diffId, $"the layer hashes to {found}")
            : layer.Descriptor with { MediaType = known.MediaType };
    }

    private async Task<(string MediaType, Digest? DiffId)> ExamineAsync(Blob layer, CancellationToken cancellationToken)
    {
        var first = new byte[4];
        var stream = await layer.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
            await stream.ReadAtLeastAsync(first, 4, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return first switch
        {
            [0x1f, 0x8b, ..] => (MediaTypes.OciLayerGzip, await UnzippedAsync(layer, cancellationToken).ConfigureAwait(false)),
            // Nothing here can look into it.
            [0x28, 0xb5, 0x2f, 0xfd] => (MediaTypes.OciLayerZstd, null),
            _ => (MediaTypes.OciLayer, layer.Descriptor.Digest),
        };
    }

    private async Task<Digest> UnzippedAsync(Blob layer, CancellationToken cancellationToken)
    {
        try
        {
            var packed = new CountingStream(default, await layer.OpenAsync(cancellationToken).ConfigureAwait(false));
            var limits = LayerLimits.Default with { MaxBytes = _limit - _unzipped };
            var unzipped = new BoundedStream(new GZipStream(packed, CompressionMode.Decompress), packed, limits, $"layer {layer.Descriptor.Digest}");
            await using (unzipped.ConfigureAwait(false))
            {
                var diffId = Digest.FromSha256(await SHA256.HashDataAsync(unzipped, cancellationToken).ConfigureAwait(false));
                _unzipped += unzipped.Position;
                return diffId;
            }
        }
        catch (ViaductException e) when (e.Code is "VIA1020" or "VIA1021")
        {
            throw Error($"{e.Message} (layer {layer.Descriptor.Digest})");
        }
    }

    private static ViaductException Error(string why) => LayoutErrors.BadArchive($"manifest.json: {why}");
}
