using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>Writes config and manifest of a stage that is done, in the form that was asked for.</summary>
internal static class FinishedImage
{
    /// <exception cref="ViaductException">VIA2153.</exception>
    public static void RequireForm(BuildRequest request)
    {
        if (request.Form is { Kind: ManifestKind.Docker, Compressor: Compressor.Zstd }) throw BuildErrors.NoDockerType(request.Name, "layers are to be packed with zstd");
    }

    public static BuiltImage Of(StageImage image, BuildRequest request, string created, Digest key)
    {
        var labels = image.Container.Labels.ToDictionary();
        foreach (var (name, value) in request.Labels) labels[name] = value;
        var config = new ImageConfig(request.Platform)
        {
            Created = created,
            Author = image.Author,
            Container = image.Container with { Labels = labels, ExposedPorts = image.Ports?.ToList() ?? image.Container.ExposedPorts },
            DiffIds = image.DiffIds,
            History = image.History,
        };
        var (manifest, blobs) = ManifestForm.Write(request, Blob.FromBytes(MediaTypes.OciConfig, config.ToBytes()), image.Layers, key);
        return new BuiltImage(request.Platform, manifest, config, blobs) { Key = key };
    }
}
