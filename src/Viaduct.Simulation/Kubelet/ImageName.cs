using System.Diagnostics.CodeAnalysis;
using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>The image of a container as kubelet reads it (pkg/util/parsers/parsers.go, ParseImageName).</summary>
/// <param name="Written">As in the pod; events repeat it.</param>
internal sealed record ImageName(string Written, Reference Reference)
{
    /// <summary>What credentials are looked up by.</summary>
    public string Repository => Reference.Name;

    /// <summary>The tag is latest where there is neither tag nor digest, and else as written, whether or not a digest follows.</summary>
    public bool IsLatest => Reference is { Tag: "latest" } or { Tag: null, Digest: null };

    /// <summary>As the runtime stores it: before a digest the tag does not count (containerd pkg/cri, ParseDockerRef).</summary>
    public string Stored => Reference.Digest is { } digest ? $"{Repository}@{digest}" : $"{Repository}:{Reference.TagOrDigest}";

    /// <param name="why">What kubelet says of it otherwise: <c>couldn't parse image name "x": …</c>.</param>
    public static bool TryParse(string written, KubernetesVersion kubernetes, [NotNullWhen(true)] out ImageName? name, out string why)
    {
        (name, why) = (null, "");
        if (Reference.TryParse(written, out var reference))
        {
            name = new(written, reference);
            return true;
        }
        why = $"couldn't parse image name {GoText.Quote(written)}: {ReferenceWords.Of(written, kubernetes)}";
        return false;
    }

    /// <summary>What a container without a policy gets; a name that cannot be read gets IfNotPresent (pkg/apis/core/v1/defaults.go, SetDefaults_Container).</summary>
    public static bool DefaultsToAlways(string written) => Reference.TryParse(written, out var reference) && new ImageName(written, reference).IsLatest;
}
