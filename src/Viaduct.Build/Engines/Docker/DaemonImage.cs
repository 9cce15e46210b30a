using System.Net;
using System.Text.Json;
using Docker.DotNet;
using Viaduct.Build.Engines.Connections;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;

namespace Viaduct.Build.Engines;

/// <summary>
/// An image of docker's own store. A store of containerd's gives the manifest as it is; one of graph drivers has no compressed layers,
/// so they are packed here, always to the same bytes, and the manifest is docker's kind, as its own push would write.
/// </summary>
public sealed class DaemonImage : IContentSource, IAsyncDisposable
{
    private readonly string _folder;
    private readonly BlobSpool _spool;
    private readonly ImageArchive _archive;
    private readonly Dictionary<Digest, Blob> _packed = [];

    private DaemonImage(RawManifest manifest, ImageArchive archive, BlobSpool spool, string folder) => (Manifest, _archive, _spool, _folder) = (manifest, archive, spool, folder);

    /// <summary>An image, or a list of the images that are there whole.</summary>
    public RawManifest Manifest { get; private set; }

    /// <param name="variable">The environment, which tells where docker is.</param>
    /// <returns>Null when the engine has no such image.</returns>
    /// <exception cref="ViaductException">VIA2190 when no engine answers, VIA2169 when it cannot give the image.</exception>
    public static async Task<DaemonImage?> OpenAsync(string name, Func<string, string?> variable, CancellationToken cancellationToken)
    {
        using var connection = await ConnectAsync(variable, cancellationToken).ConfigureAwait(false);
        var folder = Directory.CreateTempSubdirectory("viaduct-").FullName;
        var spool = new BlobSpool(folder);
        DaemonImage? image = null;
        try
        {
            await connection.Client.Images.InspectImageAsync(name, cancellationToken).ConfigureAwait(false);
            using var stream = await connection.Client.Images.SaveImageAsync(name, cancellationToken).ConfigureAwait(false);
            var archive = await ImageArchive.OpenAsync(stream, spool, new ImageArchiveLimits(), cancellationToken).ConfigureAwait(false);
            ViaductException Bad(string why) => DockerBuildErrors.NotSaved(connection.Info, name, why);
            var manifest = archive.Images is [var only] ? only.Manifest : await archive.FindManifestAsync(name, cancellationToken).ConfigureAwait(false) ?? throw Bad("its archive has no image of the name");
            var opened = new DaemonImage(manifest, archive, spool, folder);
            if (manifest.IsIndex) await opened.KeepWholeAsync(manifest.AsIndex(name), cancellationToken).ConfigureAwait(false);
            else await opened.PackAsync(Bad, cancellationToken).ConfigureAwait(false);
            return image = opened;
        }
        catch (DockerApiException e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (Exception e) when (e is DockerApiException or HttpRequestException or IOException or JsonException && !cancellationToken.IsCancellationRequested)
        {
            throw DockerBuildErrors.NotSaved(connection.Info, name, EngineWords.Of(e), e);
        }
        catch (ViaductException e) when (e.Code.StartsWith("VIA10", StringComparison.Ordinal))
        {
            throw DockerBuildErrors.NotSaved(connection.Info, name, e.Message, e);
        }
        finally
        {
            if (image is null) await EndAsync(spool, folder).ConfigureAwait(false);
        }
    }

    public async Task<RawManifest?> FindManifestAsync(string tagOrDigest, CancellationToken cancellationToken) =>
        tagOrDigest == Manifest.Digest.ToString() ? Manifest : await _archive.FindManifestAsync(tagOrDigest, cancellationToken).ConfigureAwait(false);

    public async Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken) =>
        _packed.TryGetValue(blob.Digest, out var packed) ? await packed.OpenAsync(cancellationToken).ConfigureAwait(false)
            : await _archive.OpenBlobAsync(blob, cancellationToken).ConfigureAwait(false);

    public ValueTask DisposeAsync() => EndAsync(_spool, _folder);

    private static async ValueTask EndAsync(BlobSpool spool, string folder)
    {
        await spool.DisposeAsync().ConfigureAwait(false);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<DockerConnection> ConnectAsync(Func<string, string?> variable, CancellationToken cancellationToken)
    {
        var endpoint = new DockerEndpoints(variable).Find(null, null);
        try
        {
            return await new DockerConnector(variable).ConnectAsync(endpoint, cancellationToken).ConfigureAwait(false);
        }
        catch (EngineSilence silence)
        {
            throw EngineErrors.NoneFound([$"docker at {endpoint.Address.Text}: {EngineErrors.Short(silence.Message)}"]);
        }
    }

    private async Task PackAsync(Func<string, ViaductException> bad, CancellationToken cancellationToken)
    {
        var image = Manifest.AsImage();
        if (image.Layers.All(l => l.MediaType.EndsWith("gzip", StringComparison.Ordinal) || l.MediaType.EndsWith("zstd", StringComparison.Ordinal))) return;
        var config = await this.ReadConfigAsync(image.Config, cancellationToken).ConfigureAwait(false);
        if (config.DiffIds.Count != image.Layers.Count) throw bad($"its manifest has {image.Layers.Count} layers, and its config {config.DiffIds.Count}");
        var packer = new LayerPacker(Compressor.Gzip, Environment.ProcessorCount, _spool, bad);
        var layers = new List<Descriptor>();
        foreach (var (layer, diffId) in image.Layers.Zip(config.DiffIds))
        {
            var packed = await packer.PackAsync(_archive.AsBlob(layer), diffId, cancellationToken).ConfigureAwait(false);
            _packed[packed.Descriptor.Digest] = packed;
            layers.Add(new Descriptor(MediaTypes.DockerLayerGzip, packed.Descriptor.Digest, packed.Descriptor.Size));
        }
        Manifest = new ImageManifest(new Descriptor(MediaTypes.DockerConfig, image.Config.Digest, image.Config.Size), layers).ToManifest(MediaTypes.DockerManifest);
    }

    /// <summary>A list that was pulled for one platform names others, of which the store has nothing.</summary>
    private async Task KeepWholeAsync(ImageIndex index, CancellationToken cancellationToken)
    {
        var whole = new List<Descriptor>();
        foreach (var entry in index.Manifests)
            if (await IsWholeAsync(entry, cancellationToken).ConfigureAwait(false)) whole.Add(entry with { Platform = entry.Platform ?? new Platform("", "") });
        Manifest = ManifestList.WriteInOrder(whole);
    }

    private async Task<bool> IsWholeAsync(Descriptor entry, CancellationToken cancellationToken)
    {
        if (await _archive.FindManifestAsync(entry.Digest.ToString(), cancellationToken).ConfigureAwait(false) is not { IsImage: true } manifest) return false;
        try
        {
            foreach (var blob in manifest.AsImage().Blobs)
                await (await _archive.OpenBlobAsync(blob, cancellationToken).ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
            return true;
        }
        catch (ViaductException e) when (e.Kind == FailureKind.Absent)
        {
            return false;
        }
    }
}
