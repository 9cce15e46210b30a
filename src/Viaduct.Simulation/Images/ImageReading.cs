using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>
/// Reads an image's config and layers. Content that no runtime could use is a finding; a source that cannot be reached is an error.
/// Only what is read is known to be there: layers that decide nothing, that lie on the shelf, and all of an image that the cache knows
/// are not asked for. That the source has every blob is for a verifier to ask.
/// </summary>
internal static class ImageReading
{
    /// <param name="shelf">Shared by all images that are read.</param>
    public static async Task<ImageContents> ReadAsync(
        IContentSource source, RawManifest manifest, PullOptions options, LayerShelf shelf, CancellationToken cancellationToken)
    {
        var contents = new ImageContents();
        try
        {
            var image = manifest.AsImage();
            // containerd core/images/image.go, ConfigPlatform and Image.Spec: any other config is an "unknown image config media type".
            if (image.Config.MediaType is not (MediaTypes.OciConfig or MediaTypes.DockerConfig))
                return With(contents, FindingKinds.NotAnImage, $"its config is '{image.Config.MediaType}', so it is an artifact and no image: the pull fails");
            var config = await source.ReadConfigAsync(image.Config, cancellationToken).ConfigureAwait(false);
            contents = contents with { Config = config };
            if (config.DiffIds.Count != image.Layers.Count)
                return With(contents, FindingKinds.LayersDisagree, $"its config names {config.DiffIds.Count} layers and its manifest {image.Layers.Count}: it cannot be unpacked");
            if (config.Platform.Os is not ("" or "linux" or "windows"))
                return With(contents, FindingKinds.NotLookedInto, $"what an image for {config.Platform.Os} starts is not looked into");

            var look = new ImageLook(config, options);
            var key = look.KeyFor(manifest.Digest);
            if (await FindAsync(options.Cache, key, cancellationToken).ConfigureAwait(false) is { } known) return known with { Config = config };
            contents = await look.AtAsync(new LayerStack(source, image.Layers, shelf), cancellationToken).ConfigureAwait(false);
            // Only what was read without a fault: a fault may be the source's, and mended tomorrow.
            if (options.Cache is { } cache) await cache.KeepAsync(key, ImageRecord.Write(contents), cancellationToken).ConfigureAwait(false);
            return contents;
        }
        catch (UndecidedException e)
        {
            return With(contents, FindingKinds.NotLookedInto, $"what it starts is not looked into: {e.Message}");
        }
        catch (ViaductException e) when (e.IsAboutContent())
        {
            return Fault(contents, e);
        }
    }

    private static ImageContents Fault(ImageContents contents, ViaductException e) =>
        e.Kind == FailureKind.Absent ? With(contents, FindingKinds.ContentMissing, $"its content is not there: {e.Told()}")
        // A runtime may read what is too large (VIA1021) or packed otherwise (VIA1023).
        : e.Code is "VIA1021" or "VIA1023" ? With(contents, FindingKinds.NotLookedInto, $"what it starts is not looked into: {e.Told()}")
        : With(contents, FindingKinds.Unusable, $"its content cannot be used: {e.Told()}");

    private static async Task<ImageContents?> FindAsync(IProgramCache? cache, Digest key, CancellationToken cancellationToken) =>
        cache is not null && await cache.FindAsync(key, cancellationToken).ConfigureAwait(false) is { } bytes ? ImageRecord.Read(bytes) : null;

    private static ImageContents With(ImageContents contents, FindingKind kind, string text) => contents with { Findings = [new(kind, kind.Severity, text)] };
}
