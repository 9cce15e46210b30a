namespace Viaduct.Simulation;

/// <summary>
/// How distributions set their containerd, which Kubernetes does not report, as far as their sources say it: whether CRI pulls through the
/// transfer service or locally.
/// </summary>
internal static class KnownSetups
{
    internal const string K3s = "k3s and RKE2 set use_local_image_pull";
    internal const string Eks = "EKS sets discard_unpacked_layers on Amazon Linux 2023, so that containerd pulls locally";

    internal const string Unknown = "Kubernetes does not report how containerd is set; it is taken to pull through the transfer service, as it does since 2.1 unless told otherwise";

    public static Runtime Apply(NodeFacts node, Runtime runtime, NodeRemarks remarks)
    {
        // github.com/rancher/rke2/issues/9541 shows the file that k3s pkg/agent/templates, ContainerdConfigTemplateV3, becomes.
        if (Says("containerRuntimeVersion", "-k3s")) return Local(K3s);
        // github.com/awslabs/amazon-eks-ami nodeadm/internal/containerd/config2.template.toml.
        if (Image("Amazon Linux 2023") && Says("kubeletVersion", "-eks-")) return Local(Eks);
        // github.com/bottlerocket-os/bottlerocket-core-kit packages/containerd-2.1/containerd-config-toml_k8s_containerd_sock: use_local_image_pull = false.
        if (Image("Bottlerocket")) return runtime;

        remarks.Add(Unknown, node.Name);
        return runtime;

        Runtime Local(string why)
        {
            remarks.Add(why, node.Name);
            return LocalRuntimes.Of(runtime);
        }

        bool Image(string beginning) => node.Said("osImage")?.StartsWith(beginning, StringComparison.Ordinal) ?? false;
        bool Says(string key, string part) => node.Said(key)?.Contains(part, StringComparison.Ordinal) ?? false;
    }
}
