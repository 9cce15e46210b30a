using Viaduct.Oci;
using Viaduct.Oci.Layers;

namespace Viaduct.Simulation;

/// <summary>Reads an image's config and layers. Content that no runtime could use is a finding; a source that cannot be reached is an error.</summary>
internal static class ImageReading
{
    public static async Task<ImageContents> ReadAsync(IContentSource source, RawManifest manifest, CancellationToken cancellationToken)
    {
        var contents = new ImageContents();
        try
        {
            var image = manifest.AsImage();
            // containerd core/images/image.go, ConfigPlatform and Image.Spec: any other config is an "unknown image config media type".
            if (image.Config.MediaType is not (MediaTypes.OciConfig or MediaTypes.DockerConfig))
                return With(contents, Verdict.Failure, $"its config is '{image.Config.MediaType}', so it is an artifact and no image: the pull fails");
            var config = await source.ReadConfigAsync(image.Config, cancellationToken).ConfigureAwait(false);
            contents = contents with { Config = config };
            if (config.DiffIds.Count != image.Layers.Count)
                return With(contents, Verdict.Failure, $"its config names {config.DiffIds.Count} layers and its manifest {image.Layers.Count}: it cannot be unpacked");
            if (config.Platform.Os is not ("" or "linux"))
                return With(contents, Verdict.Unknown, $"what an image for {config.Platform.Os} starts is not looked into");
            // Layers are read whatever the image starts: a node unpacks all of them.
            var root = await RootFileSystem.LoadAsync([.. image.Layers.Select(l => new Blob(l, ct => new(source.OpenBlobAsync(l, ct))))], cancellationToken).ConfigureAwait(false);
            if (config.Container.Executable is not { Length: > 0 })
                return With(contents, Verdict.Warning, "it has neither entrypoint nor command: a pod that gives no command ends in CreateContainerError");
            return contents with { Program = await new ProgramTrace(root, config.Container).FollowAsync(cancellationToken).ConfigureAwait(false) };
        }
        catch (ViaductException e) when (e.IsAboutContent())
        {
            // A runtime may read what is too large (VIA1021) or packed otherwise (VIA1023).
            return e.Code is "VIA1021" or "VIA1023"
                ? With(contents, Verdict.Unknown, $"what it starts is not looked into: {e.Told()}")
                : With(contents, Verdict.Failure, $"its content cannot be used: {e.Told()}");
        }
    }

    private static ImageContents With(ImageContents contents, Verdict verdict, string text) => contents with { Findings = [new(verdict, text)] };
}
