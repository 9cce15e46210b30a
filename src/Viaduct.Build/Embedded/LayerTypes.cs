using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>The names that OCI and docker have for the same bytes of layers.</summary>
internal static class LayerTypes
{
    private const string DockerLayer = "application/vnd.docker.image.rootfs.diff.tar";

    public static string OciOf(string mediaType) => mediaType switch
    {
        MediaTypes.DockerLayerGzip => MediaTypes.OciLayerGzip,
        DockerLayer => MediaTypes.OciLayer,
        DockerLayer + ".zstd" => MediaTypes.OciLayerZstd,
        _ => mediaType,
    };

    /// <summary>Null where docker has no name (distribution, manifest-v2-2.md): <c>…tar.zstd</c> is containerd's alone, and docker does not pull it.</summary>
    public static string? DockerOf(string mediaType) => mediaType switch
    {
        MediaTypes.OciLayerGzip => MediaTypes.DockerLayerGzip,
        MediaTypes.OciLayer => DockerLayer,
        _ when mediaType != DockerLayer + ".zstd" && MediaTypes.IsDocker(mediaType) => mediaType,
        _ => null,
    };
}
