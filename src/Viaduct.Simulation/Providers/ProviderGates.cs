namespace Viaduct.Simulation;

/// <summary>Feature gates that decide about providers, by version (pkg/features/kube_features.go).</summary>
internal static class ProviderGates
{
    public static readonly KubernetesVersion TokensAlpha = new(1, 33);

    /// <summary>From here on a folder of configurations is read, and cacheType is there and has to be (KEP-4412, beta).</summary>
    public static readonly KubernetesVersion TokensBeta = new(1, 34);

    /// <summary>Whether kubelet gives providers tokens of ServiceAccounts: by a gate from 1.33, by default from 1.34.</summary>
    public static bool Tokens(KubernetesVersion kubernetes, IReadOnlyDictionary<string, bool> gates) =>
        kubernetes >= TokensAlpha && gates.GetValueOrDefault("KubeletServiceAccountTokenForCredentialProviders", kubernetes >= TokensBeta);

    /// <summary>Whether providers built into kubelet are at work: by default up to 1.28, by a gate up to 1.30.</summary>
    public static bool InTree(KubernetesVersion kubernetes, IReadOnlyDictionary<string, bool> gates) =>
        kubernetes < new KubernetesVersion(1, 31) && !gates.GetValueOrDefault("DisableKubeletCloudCredentialProviders", kubernetes >= new KubernetesVersion(1, 29));

    /// <summary>Newer versions of Go take <c>[</c> in a host for the beginning of an IPv6 address and nothing else.</summary>
    public static bool LiteralHosts(KubernetesVersion kubernetes) => kubernetes >= new KubernetesVersion(1, 35);
}
