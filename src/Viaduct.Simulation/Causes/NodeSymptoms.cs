namespace Viaduct.Simulation;

/// <summary>What kubelet and the runtime say of themselves, before a registry is asked or behind it.</summary>
internal static class NodeSymptoms
{
    private const string Kubelet = "kubelet, pkg/kubelet/images/image_manager.go";
    private const string Keyring = "kubelet, pkg/credentialprovider/config.go and secrets.go";
    private const string Containerd = "containerd, core/unpack, core/diff/apply and core/remotes";

    public static readonly IReadOnlyList<Symptom> All =
    [
        new("disk-full", "There is no room left on the node.", "the kernel, by the runtime", ["no space left on device", "disk quota exceeded"], [NodeCauses.DiskFull]),
        new("disk-broken", "The node cannot write.", "the kernel, by the runtime", ["read-only file system", "input/output error"], [NodeCauses.DiskReadOnly, NodeCauses.DiskFull]),
        new("pull-qps", "Kubelet's own limit of pulls is reached; the registry was not asked.", "kubelet, pkg/kubelet/images/helpers.go", ["pull QPS exceeded"], [NodeCauses.Qps]),
        new("never-pull", "The image is to be taken from the node, and is not found there.", Kubelet, [KubeletWords.NeverPull("*"), "ErrImageNeverPull"],
            [AbsenceCauses.AbsentOnNode, AbsenceCauses.OtherNameOnNode, AbsenceCauses.HiddenOnNode, AbsenceCauses.CleanedOnNode]),
        new("bad-name", "The image's name cannot be read; nothing was pulled.", "distribution/reference; " + Kubelet,
            ["couldn't parse image name", "InvalidImageName", "invalid reference format", "invalid repository name", "cannot specify 64-byte hexadecimal", "failed to parse reference", "must not have leading or trailing whitespace"], [AbsenceCauses.BadName]),
        new("secret-missing", "Pull secrets that the pod names were not found; kubelet goes on without them.", "kubelet, pkg/kubelet/kubelet_pods.go", [KubeletWords.MissingSecrets(["*"]), "FailedToRetrieveImagePullSecret", "Unable to retrieve pull secret"],
            [NodeCauses.MissingSecret, NodeCauses.SecretNotYet]),
        new("bad-secret", "A pull secret or a file of the node with logins cannot be read.", Keyring,
            ["illegal base64 data at input byte", "unable to parse auth field", "Error: invalid character*looking for", "Error: unexpected end of JSON input", "Error: json: cannot unmarshal", "invalid character*looking for beginning of value: dockerconfig"],
            [AccessCauses.BadSecret]),
        new("server-address", "The address that a login is for cannot be read.", "containerd, internal/cri/server/images, ParseAuth", ["parse server address"], [AccessCauses.ServerAddress]),
        new("sandbox-image", "The image of the pod's sandbox is not there.", "containerd, internal/cri/server/sandbox_run.go",
            ["failed to get sandbox image", "failed to ensure sandbox image", "Failed to create pod sandbox*failed to pull image", "Failed to create pod sandbox*pause"],
            [NodeCauses.SandboxImage, NetworkCauses.Firewall, NetworkCauses.ProxyMissing, AbsenceCauses.CleanedOnNode]),
        new("sandbox", "The pod's sandbox cannot be made; images have not been looked at.", "kubelet, pkg/kubelet/kuberuntime/kuberuntime_sandbox.go", ["Failed to create pod sandbox", "FailedCreatePodSandBox"], [NodeCauses.SandboxNetwork, NodeCauses.RuntimeDown]),
        new("runtime-down", "The container runtime does not answer.", "kubelet, cri-client", ["containerd.sock*connect", "crio.sock*connect", "dockershim.sock", "container runtime is down", "Cannot connect to the Docker daemon"], [NodeCauses.RuntimeDown, NodeCauses.DiskFull]),
        new("signature", "The image's signature is missing or does not verify.", "CRI-O, by way of kubelet's SignatureValidationFailed; containers/image, signature/",
            ["SignatureValidationFailed", "signature validation failed", "Source image rejected", "A signature was required, but no signature exists"], [NodeCauses.SignaturePolicy]),
        new("short-name", "A name without a host is not completed.", "containers/image, pkg/shortnames", ["short-name*did not resolve", "short name mode is enforcing", "unqualified-search registries are defined"], [NodeCauses.UnqualifiedName]),
        new("blob-damaged", "What arrived has another digest or size than it should.", Containerd, ["unexpected commit digest", "failed size validation", "unexpected commit size", "filesystem layer verification failed", "does not match*provided digest"],
            [NodeCauses.BlobDamaged, NetworkCauses.SlowNetwork, NetworkCauses.ProxyWrong]),
        new("layer-format", "A layer has a format that the runtime does not know.", Containerd,
            ["no processor for media-type", "no processor for media type", "unsupported compression", "unsupported layer media type", "archive/tar: invalid tar header", "encrypted image", "missing private key needed for decryption"], [NodeCauses.LayerFormat, NodeCauses.BlobDamaged]),
        new("unpack", "A layer cannot be unpacked.", Containerd, ["failed to extract layer", "failed to apply layer", "failed to register layer", "failed to unpack image on snapshotter", "error unpacking image", "potentially insufficient UIDs"],
            [NodeCauses.Unpack, NodeCauses.DiskFull, NodeCauses.ContentDamaged]),
        new("admission", "The API server or one of its webhooks refused the image.", "kube-apiserver, admission", ["imagePullPolicy: Unsupported value", "admission webhook*denied the request"], [NodeCauses.Admission, AbsenceCauses.AlwaysWithoutRegistry]),
    ];
}
