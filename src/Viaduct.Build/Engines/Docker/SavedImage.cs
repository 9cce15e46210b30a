using System.Text.Json;
using Docker.DotNet;
using Viaduct.Build.Engines.Connections;
using Viaduct.Oci;
using Viaduct.Oci.Layouts;

namespace Viaduct.Build.Engines;

/// <summary>
/// Makes an image of what an engine saved: config bytes as they are; the base's layers as the base has them, so that they are mounted and not sent;
/// layers that are packed as was asked for with their bytes, all others packed here.
/// </summary>
internal sealed class SavedImage(BuildRequest request, EngineInfo engine, BaseImage? onto, BlobSpool spool)
{
    /// <summary>What the target stands on in the end; null for scratch.</summary>
    public static BaseImage? Below(StageGraph graph, IReadOnlyList<NamedBase> bases)
    {
        var source = graph.BaseOf(graph.Target);
        while (source.Stage is { } parent) source = graph.BaseOf(parent);
        return source.Image is null ? null : bases.First(b => b.Name == source.Image && b.Platform == source.Platform).Image;
    }

    /// <exception cref="ViaductException">VIA2160, VIA2169.</exception>
    public async Task<BuiltImage> TakeAsync(DockerConnection connection, Reference name, Digest key, CancellationToken cancellationToken)
    {
        try
        {
            // An engine that mislabels an image may not be able to save it (20.10, an image without layers: "empty export").
            var told = await connection.Client.Images.InspectImageAsync(name.ToString(), cancellationToken).ConfigureAwait(false);
            if (told is { Os.Length: > 0, Architecture.Length: > 0 })
                PlatformCheck.Require(request, new ImageConfig(new Platform(told.Os, told.Architecture, told.Variant is { Length: > 0 } variant ? variant : null)));
            using var stream = await connection.Client.Images.SaveImageAsync(name.ToString(), cancellationToken).ConfigureAwait(false);
            return await ReadAsync(stream, key, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DockerApiException or HttpRequestException or IOException or JsonException && !cancellationToken.IsCancellationRequested)
        {
            throw DockerBuildErrors.NotSaved(engine, request.Name, EngineWords.Of(e), e);
        }
        catch (ViaductException e) when (e.Code.StartsWith("VIA10", StringComparison.Ordinal))
        {
            // Of archives and manifests as such: here they are the engine's, and no file that a user could write again.
            throw DockerBuildErrors.NotSaved(engine, request.Name, e.Message, e);
        }
    }

    /// <param name="stream">A docker archive of one name.</param>
    /// <exception cref="ViaductException">VIA2160, VIA2169, VIA1031.</exception>
    public async Task<BuiltImage> ReadAsync(Stream stream, Digest key, CancellationToken cancellationToken)
    {
        var archive = await ImageArchive.OpenAsync(stream, spool, new ImageArchiveLimits(), cancellationToken).ConfigureAwait(false);
        var (saved, config) = await ChooseAsync(archive, cancellationToken).ConfigureAwait(false);
        PlatformCheck.Require(request, config);
        if (saved.Layers.Count != config.DiffIds.Count) throw Bad($"its manifest has {saved.Layers.Count} layers, and its config {config.DiffIds.Count}");
        var based = BaseLayers(config);
        var packer = new LayerPacker(request.Form.Compressor, request.Threads, spool, Bad);
        var layers = new List<Blob>(based);
        foreach (var (layer, diffId) in saved.Layers.Zip(config.DiffIds).Skip(based.Count))
            layers.Add(await packer.PackAsync(archive.AsBlob(layer), diffId, cancellationToken).ConfigureAwait(false));
        var plain = layers.Select(l => l with { Descriptor = new Descriptor(l.Descriptor.MediaType, l.Descriptor.Digest, l.Descriptor.Size) { Urls = l.Descriptor.Urls } });
        var (manifest, blobs) = ManifestForm.Write(request, archive.AsBlob(saved.Config), plain, key);
        return new BuiltImage(request.Platform, manifest, config, blobs);
    }

    /// <summary>The containerd store may save a list: the image, other platforms of it, attestations (platform unknown).</summary>
    private async Task<(ImageManifest Image, ImageConfig Config)> ChooseAsync(ImageArchive archive, CancellationToken cancellationToken)
    {
        var found = new List<(ImageManifest Image, ImageConfig Config)>();
        foreach (var manifest in archive.Images.Select(i => i.Manifest))
            foreach (var image in manifest.IsIndex ? await ChildrenAsync(archive, manifest, cancellationToken).ConfigureAwait(false) : [manifest])
                found.Add((image.AsImage(), await archive.ReadConfigAsync(image.AsImage().Config, cancellationToken).ConfigureAwait(false)));
        if (found.Count == 0) throw Bad("its archive has no image");
        var wanted = request.Platform.Normalized();
        // One of the same variant before one of another, which PlatformCheck may refuse.
        return found.OrderByDescending(f => f.Config.Platform.Normalized() is var p && p.Os == wanted.Os && p.Architecture == wanted.Architecture ? p.Variant == wanted.Variant ? 2 : 1 : 0).First();
    }

    private static async Task<IReadOnlyList<RawManifest>> ChildrenAsync(ImageArchive archive, RawManifest list, CancellationToken cancellationToken)
    {
        var children = new List<RawManifest>();
        foreach (var entry in list.AsIndex().Manifests.Where(e => e.Platform is not { Os: "unknown" }))
            // Those of other platforms may be named and not there.
            if (await archive.FindManifestAsync(entry.Digest.ToString(), cancellationToken).ConfigureAwait(false) is { IsImage: true } child) children.Add(child);
        return children;
    }

    private IReadOnlyList<Blob> BaseLayers(ImageConfig config)
    {
        if (onto is null) return [];
        var (layers, diffIds) = (onto.Manifest.AsImage().Layers, onto.Config.DiffIds);
        if (layers.Count != diffIds.Count || layers.Count > config.DiffIds.Count || !diffIds.SequenceEqual(config.DiffIds.Take(diffIds.Count))) return [];
        return [.. layers.Select(l => onto.Content.AsBlob(l) with { MountFrom = onto.Repository })];
    }

    private ViaductException Bad(string why) => DockerBuildErrors.NotSaved(engine, request.Name, why);
}
