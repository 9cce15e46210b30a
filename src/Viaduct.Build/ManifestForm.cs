using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>Writes the manifest of an image whose blobs are there, in the kind that was asked for.</summary>
internal static class ManifestForm
{
    /// <param name="config">Its bytes stay.</param>
    /// <returns>The blobs by the types that they have in the manifest, the config first.</returns>
    /// <exception cref="ViaductException">VIA2153.</exception>
    public static (RawManifest Manifest, IReadOnlyList<Blob> Blobs) Write(BuildRequest request, Blob config, IEnumerable<Blob> layers, Digest key)
    {
        var docker = request.Form.Kind == ManifestKind.Docker;
        IReadOnlyList<Blob> blobs = [As(config, docker ? MediaTypes.DockerConfig : MediaTypes.OciConfig), .. layers.Select(l => As(l, TypeOf(l.Descriptor.MediaType, request)))];
        var manifest = new ImageManifest(blobs[0].Descriptor, [.. blobs.Skip(1).Select(b => b.Descriptor)])
        {
            // Docker's, too: BuildKit writes them there, and all that reads docker's manifests reads over them.
            Annotations = new Dictionary<string, string> { [Annotations.InputKey] = key.ToString() },
        };
        return (manifest.ToManifest(docker ? MediaTypes.DockerManifest : MediaTypes.OciManifest), blobs);
    }

    private static Blob As(Blob blob, string mediaType) => blob with { Descriptor = blob.Descriptor with { MediaType = mediaType } };

    private static string TypeOf(string mediaType, BuildRequest request) =>
        request.Form.Kind == ManifestKind.Oci ? LayerTypes.OciOf(mediaType)
        : LayerTypes.DockerOf(mediaType) ?? throw BuildErrors.NoDockerType(request.Name, $"a base has a layer of the type {mediaType}");
}
