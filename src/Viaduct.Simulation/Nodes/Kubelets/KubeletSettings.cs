using System.Globalization;
using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>The keys that nodes.yaml has in common with a KubeletConfiguration (k8s.io/kubelet/config/v1beta1, types.go), and what kubelet's own validation says of them.</summary>
internal static class KubeletSettings
{
    internal const string Gate = "KubeletEnsureSecretPulledImages";

    internal static readonly IReadOnlyList<string> Keys =
    [
        "featureGates", "imagePullCredentialsVerificationPolicy", "preloadedImagesVerificationAllowlist",
        "serializeImagePulls", "maxParallelImagePulls", "registryPullQPS", "registryBurst",
    ];

    internal static readonly IReadOnlyList<string> Policies = ["NeverVerify", "NeverVerifyPreloadedImages", "NeverVerifyAllowlistedImages", "AlwaysVerify"];

    /// <summary>What is said takes the place of what the setup has.</summary>
    public static KubeletSetup Apply(KubeletSetup setup, YamlMap said) => setup with
    {
        FeatureGates = said.Map("featureGates") is { } gates ? Gates(setup.FeatureGates, gates) : setup.FeatureGates,
        VerificationPolicy = said.Text("imagePullCredentialsVerificationPolicy") is { } policy
            ? PolicyOf(policy, said.Where("imagePullCredentialsVerificationPolicy")) : setup.VerificationPolicy,
        Allowlist = said.Texts("preloadedImagesVerificationAllowlist") is { } list
            ? [.. list.Select(e => VerificationAllowlist.Checked(e.Text, e.Where))] : setup.Allowlist,
        SerializeImagePulls = said.Value("serializeImagePulls") is { IsNull: false } serial ? NodeEntry.Truth("serializeImagePulls", serial) : setup.SerializeImagePulls,
        MaxParallelImagePulls = Number(said, "maxParallelImagePulls", 1) ?? setup.MaxParallelImagePulls,
        RegistryPullQps = Number(said, "registryPullQPS", 0) ?? setup.RegistryPullQps,
        RegistryBurst = Number(said, "registryBurst", 0) ?? setup.RegistryBurst,
    };

    /// <summary>kubernetes/kubernetes pkg/kubelet/apis/config/validation/validation.go, ValidateKubeletConfiguration.</summary>
    public static void Check(KubeletSetup setup, KubernetesVersion kubernetes, string where)
    {
        if (setup is { SerializeImagePulls: true, MaxParallelImagePulls: > 1 })
            throw NodeErrors.WouldNotStart(where, "maxParallelImagePulls is larger than 1, which needs 'serializeImagePulls: false'");
        if (!setup.FeatureGates.GetValueOrDefault(Gate, kubernetes >= new KubernetesVersion(1, 35)) && (setup.VerificationPolicy is not null || setup.Allowlist.Count > 0))
            throw NodeErrors.WouldNotStart(where, $"how credentials are verified is set, but not the feature gate {Gate}, which is on by default from 1.35 on and there from 1.33 on");
        if (setup.Allowlist.Count > 0 && setup.VerificationPolicy != "NeverVerifyAllowlistedImages")
            throw NodeErrors.WouldNotStart(where, "preloadedImagesVerificationAllowlist needs 'imagePullCredentialsVerificationPolicy: NeverVerifyAllowlistedImages'");
    }

    private static Dictionary<string, bool> Gates(IReadOnlyDictionary<string, bool> before, YamlMap said)
    {
        var gates = new Dictionary<string, bool>(before, StringComparer.Ordinal);
        foreach (var name in said.Keys) gates[name] = NodeEntry.Truth(name, said.Value(name)!);
        return gates;
    }

    private static string PolicyOf(string text, string where) =>
        Policies.Contains(text) ? text
        : throw NodeErrors.BadValue(where, "imagePullCredentialsVerificationPolicy", $"has to be one of {string.Join(", ", Policies)}, and is '{YamlErrors.Shown(text)}'");

    private static int? Number(YamlMap said, string key, int least)
    {
        if (said.Text(key) is not { } text) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number : throw NodeErrors.BadValue(said.Where(key), key, $"has to be a whole number from {least} on");
    }
}
