namespace Viaduct.Simulation;

/// <summary>
/// How managed services let their kubelets log in to the cloud's own registry. Kubernetes reports nothing of it; without it every image from
/// there would seem to be pulled without credentials.
/// </summary>
internal static class ManagedKubelets
{
    /// <summary>Up to here GKE and AKS leave it to kubelet's own provider (Azure/karpenter-provider-azure pkg/utils, UseOOTCredential; kubernetes cluster/gce/util.sh).</summary>
    private static readonly KubernetesVersion LastInTree = new(1, 28);

    private static readonly Dictionary<string, (string? Cloud, CredentialProvider Provider)> Services = new(StringComparer.Ordinal)
    {
        // github.com/awslabs/amazon-eks-ami nodeadm/internal/kubelet, image-credential-provider.template.json; none of its versions here used the in-tree one.
        ["eks"] = (null, Exec("ecr-credential-provider", "EKS", 12 * 60,
            "*.dkr.ecr.*.amazonaws.com", "*.dkr.ecr.*.amazonaws.com.cn", "*.dkr.ecr-fips.*.amazonaws.com", "*.dkr.ecr.*.c2s.ic.gov", "*.dkr.ecr.*.sc2s.sgov.gov")),
        // github.com/kubernetes/cloud-provider-gcp cluster/gce/gci/configure.sh, /etc/srv/kubernetes/cri_auth_config.yaml.
        ["gke"] = ("gce", Exec("auth-provider-gcp", "GKE", 1, "container.cloud.google.com", "gcr.io", "*.gcr.io", "*.pkg.dev")),
        // github.com/Azure/AgentBaker parts/linux/cloud-init/artifacts, /var/lib/kubelet/credential-provider-config.yaml.
        ["aks"] = ("azure", Exec("acr-credential-provider", "AKS", 10, "*.azurecr.io", "*.azurecr.cn", "*.azurecr.de", "*.azurecr.us")),
    };

    private static readonly Dictionary<string, KubeletSetup> External = Services.ToDictionary(
        s => s.Key, s => KubeletSetup.Default with { Providers = new ProviderSetup([s.Value.Provider]) }, StringComparer.Ordinal);

    private static readonly Dictionary<string, KubeletSetup> InTree = Services.Where(s => s.Value.Cloud is not null).ToDictionary(
        s => s.Key, s => KubeletSetup.Default with { Cloud = s.Value.Cloud }, StringComparer.Ordinal);

    /// <param name="service">Of a ready-made set: <c>eks</c>, <c>gke</c>, <c>aks</c>.</param>
    /// <returns>Null where the service is none of them.</returns>
    public static KubeletSetup? Of(string service, KubernetesVersion kubernetes) =>
        kubernetes <= LastInTree && InTree.TryGetValue(service, out var old) ? old : External.GetValueOrDefault(service);

    /// <summary>By what the services write into their nodes.</summary>
    public static KubeletSetup? Of(NodeFacts node, KubernetesVersion kubernetes)
    {
        var kubelet = node.Said("kubeletVersion") ?? "";
        string? service =
            kubelet.Contains("-eks-", StringComparison.Ordinal) || node.Label("eks.amazonaws.com/nodegroup") is not null ? "eks"
            : kubelet.Contains("-gke.", StringComparison.Ordinal) || node.Label("cloud.google.com/gke-nodepool") is not null ? "gke"
            : (node.Label("kubernetes.azure.com/cluster") ?? node.Label("kubernetes.azure.com/agentpool")) is not null ? "aks" : null;
        return service is null ? null : Of(service, kubernetes);
    }

    private static CredentialProvider Exec(string name, string service, int minutes, params string[] images) => new(name, images)
    {
        ApiVersion = "credentialprovider.kubelet.k8s.io/v1", DefaultCacheDuration = TimeSpan.FromMinutes(minutes), Where = $"as {service} sets its nodes up",
    };
}
