namespace Viaduct.Simulation;

/// <summary>The node itself, its kubelet and its runtime.</summary>
internal static class NodeCauses
{
    public static readonly Cause DiskFull = new("disk-full", "The node's disk is full, or has no inodes left.", "Layers are downloaded and unpacked there.", "df -h /var/lib/containerd; df -i /var/lib/containerd; kubectl describe node NODE | grep Pressure",
        "crictl rmi --prune, a larger disk, smaller images, or an earlier image garbage collection.");

    public static readonly Cause DiskReadOnly = new("disk-read-only", "The node's file system is read-only or damaged.", "The kernel remounts it so after errors.", "dmesg | grep -i 'remount\\|I/O error'; mount | grep containerd", "Replace the node or its disk.");

    public static readonly Cause Qps = new("pull-qps", "More pods started at once on this node than kubelet may pull for.", "registryPullQPS (5 a second) with registryBurst (10) does not wait: what is over it fails at once and is tried again after 10 seconds.",
        "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig | {registryPullQPS, registryBurst}'", "It mends itself; raise registryBurst or set registryPullQPS: 0 where many pods start together.");

    public static readonly Cause Waits = new("back-off", "Kubelet only waits before it tries again: the cause is in an earlier event.", "It waits 10 seconds to 5 minutes, also when the cause is gone already.",
        "kubectl describe pod POD -n NAMESPACE; kubectl get events -n NAMESPACE --field-selector involvedObject.name=POD", "Read the event 'Failed to pull image' and pass it to viaduct why; delete the pod to try at once.");

    public static readonly Cause MissingSecret = new("secret-missing", "The pull secret that the pod names does not exist in its namespace.", "Kubelet goes on without it.", "kubectl get secret -n NAMESPACE",
        "Create it there, or correct the name in imagePullSecrets; kustomize and helm may have given it another.") { Fit = CauseFit.Foreseen };

    public static readonly Cause SecretNotYet = new("secret-late", "Kubelet has not seen the secret yet, or may not read it.", "It watches the secrets of its pods; just created ones, or an API server that it does not reach, come later.", "journalctl -u kubelet | grep -i secret", "Wait; look at the node's connection to the API server.");

    public static readonly Cause SandboxImage = new("sandbox-image", "The sandbox (pause) image cannot be pulled.", "The runtime pulls it with its own login and settings, before any container of the pod; pull secrets do not count for it.",
        "containerd config dump | grep -A2 sandbox", "Set sandbox_image (2.x: pinned_images.sandbox) to one that nodes reach, or load it into k8s.io on every node.") { Fit = CauseFit.Foreseen };

    public static readonly Cause SandboxNetwork = new("sandbox-network", "The pod's network cannot be set up.", "It is CNI that fails, and no image.", "kubectl get pods -n kube-system -o wide | grep NODE; ls /etc/cni/net.d", "Mend the network plugin of that node.");

    public static readonly Cause RuntimeDown = new("runtime-down", "The container runtime does not answer.", "Kubelet does not reach its socket.", "systemctl status containerd; crictl info", "Start it; look at its configuration and log.");

    public static readonly Cause ContentDamaged = new("content-damaged", "The runtime's store has lost or damaged content of the image.", "A node that was switched off, a cleaning by hand, discard_unpacked_layers.", "ctr -n k8s.io images check name=={image}", "crictl rmi {image}, then pull it anew; restart containerd.");

    public static readonly Cause BlobDamaged = new("blob-damaged", "What arrives is not what its digest says: the registry, a mirror or a proxy damages it.", "Every blob is hashed.", "viaduct copy {image} oci:/tmp/look", "Push the image again; look at mirrors and caches between.");

    public static readonly Cause BlobMissing = new("blob-missing", "The registry has the manifest and not all of its blobs.", "A copy that broke off, or a cleaning.", "viaduct simulate {image}", "Push or copy the image again.") { Fit = CauseFit.Foreseen };

    public static readonly Cause Unpack = new("unpack", "A layer cannot be unpacked: rights, a snapshotter, an odd file in it.", "Rootless runtimes, nested overlayfs and SELinux forbid some files (device nodes, xattrs, owners).", "ctr -n k8s.io images pull --local {image} on the node", "Use another snapshotter, more uids in /etc/subuid, or build the layer without the file.");

    public static readonly Cause LayerFormat = new("layer-format", "The layers have a format that this runtime does not know: zstd, encrypted, foreign.", "zstd needs containerd 1.5, docker 23; encrypted layers a decoder.", "viaduct inspect {image}", "Update the runtime, or push with layers of gzip.") { Fit = CauseFit.Foreseen };

    public static readonly Cause SignaturePolicy = new("signature-policy", "The node's policy asks for a signature that the image does not have, or that does not verify.", "CRI-O and podman hold images to /etc/containers/policy.json.", "cat /etc/containers/policy.json; viaduct referrers {image}", "Sign the image, add its key to the policy, or exempt the repository.");

    public static readonly Cause UnqualifiedName = new("short-name", "The name has no host, and the runtime does not guess one.", "CRI-O and podman ask registries.conf about short names, and may be set to enforce full ones.", "cat /etc/containers/registries.conf", "Write the full name: docker.io/library/NAME.") { Fit = CauseFit.Foreseen };

    public static readonly Cause Admission = new("admission", "An admission webhook or policy refused or changed the image.", "Policies may allow some registries only.", "kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations", "Use an image that the policy allows.");
}
