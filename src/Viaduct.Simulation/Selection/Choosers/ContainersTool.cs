using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>What skopeo, podman and CRI-O add to their library: how they read a platform, and what they write around its errors.</summary>
/// <param name="Reads">The platform that is looked for.</param>
/// <param name="NoImage">The whole error, of the reference and the library's clause.</param>
/// <param name="Nested">The error about a list within a list; what the reference is put into.</param>
internal sealed record ContainersTool(Func<PlatformRequest, Platform> Reads, Func<string, string, string> NoImage, Func<string, string> Nested, bool RefusesNested)
{
    private const string Received = "Unexpectedly received a manifest list instead of a manifest for a single image";

    public static readonly ContainersTool Skopeo = new(AsSaid,
        (_, why) => $"level=fatal msg=\"Error parsing manifest for image: choosing image instance: {why.Replace("\"", "\\\"", StringComparison.Ordinal)}\"", _ => "", false);

    public static readonly ContainersTool Podman = new(Normal,
        (reference, why) => $"Error: unable to copy from source docker://{reference}: choosing an image from manifest list docker://{reference}: {why}",
        reference => $"Error: unable to copy from source docker://{reference}: copying system image from manifest list: {Received}", true);

    public static readonly ContainersTool CriO = new(Normal,
        (reference, why) => $"choosing an image from manifest list docker://{reference}: {why}",
        reference => $"copying system image from manifest list: {Received}", true);

    /// <summary>Since 1.34 CRI-O tries an artifact when there is no image, and tells both failures (cri-o/cri-o#9367); what it says of the artifact is not known here.</summary>
    public static readonly ContainersTool NewCriO = CriO with
    {
        NoImage = (reference, why) => $"unable to pull image or OCI artifact: pull image err: {CriO!.NoImage(reference, why)}; artifact err: …",
        Nested = reference => $"unable to pull image or OCI artifact: pull image err: {CriO!.Nested(reference)}; artifact err: …",
    };

    private static Platform AsSaid(PlatformRequest request) => request.AsHost ? Normal(request) : request.Platform;

    /// <summary>containerd's normal form, in which arm64 keeps a variant that was named (podman: containerd/platforms Parse).</summary>
    private static Platform Normal(PlatformRequest request)
    {
        var platform = request.Wanted;
        var normal = platform.Normalized();
        // A host of arm64 is v8 to the library (internal/pkg/platform, getCPUVariant).
        var variant = normal is { Architecture: "arm64", Variant: null } && (request.AsHost || platform.Variant is not null) ? "v8" : normal.Variant;
        return new Platform(normal.Os, normal.Architecture, variant);
    }
}
