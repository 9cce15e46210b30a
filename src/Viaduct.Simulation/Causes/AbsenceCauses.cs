namespace Viaduct.Simulation;

/// <summary>Names that lead to nothing.</summary>
internal static class AbsenceCauses
{
    public static readonly Cause TagAbsent = new("tag-absent", "There is no such tag: not pushed yet, deleted, or mistyped.",
        "The registry answers, and has no manifest under this name.", "viaduct tags {repository}", "Push the tag, or write one that is there.") { Fit = CauseFit.Foreseen };

    public static readonly Cause NameWrong = new("name-wrong", "There is no such repository, or its name is mistyped.",
        "Registries say the same of a repository that does not exist and of one that may not be seen.", "viaduct inspect {image}", "Look at every part of the name: host, project, repository.") { Fit = CauseFit.Foreseen };

    public static readonly Cause DigestAbsent = new("digest-absent", "There is no manifest of this digest there: deleted, cleaned up, or never copied.",
        "A digest names bytes; a tag that was pushed again leaves the old ones to the registry's cleaning.", "viaduct inspect {image}", "Pin a digest that is there, keep the old by a tag, or copy it: viaduct copy FROM TO.") { Fit = CauseFit.Foreseen };

    public static readonly Cause HubByDefault = new("hub-by-default", "A name without a host is looked for on Docker Hub.",
        "Without a dot, a colon or localhost in its first part, a name is docker.io's.", "viaduct inspect {image} --verbose", "Write the host before the name: registry.example/{image}.") { Fit = CauseFit.Foreseen };

    public static readonly Cause MirrorAnswers = new("mirror-answers", "A mirror answers in the place of the registry.",
        "hosts.toml may name mirrors for {host}, and what one of them says may be what is told.", "cat /etc/containerd/certs.d/{host}/hosts.toml on the node; crictl info", "Mend the mirror, or take it out of hosts.toml.");

    public static readonly Cause BadName = new("bad-name", "The image's name cannot be read.",
        "Capitals, blanks, an http:// before it, a variable of a template that stayed empty (name:, /app:1) or two tags.", "kubectl get pod POD -n NAMESPACE -o jsonpath='{.spec.containers[*].image}' | cat -A", "Write it as host/path:tag in small letters; look at the template's values.") { Fit = CauseFit.Foreseen };

    public static readonly Cause OtherArtifact = new("other-artifact", "The name leads to something that is no image: a Helm chart, a signature, an SBOM, a WASM module.",
        "Registries hold artifacts of all kinds under tags.", "viaduct inspect {image}", "Name the image itself.") { Fit = CauseFit.Foreseen };

    public static readonly Cause Schema1 = new("schema1", "The image is of docker's first format (schema 1), which runtimes no longer take.",
        "containerd 2.0 removed it, docker 28 refuses it; such images were pushed before 2017.", "viaduct inspect {image}", "Build and push it again, or copy it with a tool that converts (skopeo copy --format v2s2).") { Fit = CauseFit.Foreseen };

    public static readonly Cause AbsentOnNode = new("absent-on-node", "The policy is Never, and the node does not have the image.",
        "With Never kubelet takes what lies there, and only under the very name that the pod has.", "crictl images on the node (ctr -n k8s.io images ls)", "Load the image into containerd's namespace k8s.io on every node under the name {image}, or use IfNotPresent.") { Fit = CauseFit.Foreseen };

    public static readonly Cause OtherNameOnNode = new("other-name-on-node", "The image lies on the node under another name or in another namespace of containerd.",
        "localhost/app, docker.io/library/app and app:1 are different names; docker's and nerdctl's stores are not kubelet's.", "ctr namespaces ls; ctr -n k8s.io images ls | grep APP", "Tag it as {image} in namespace k8s.io.") { Fit = CauseFit.Foreseen };

    public static readonly Cause HiddenOnNode = new("hidden-on-node", "The image is there, and this pod has no credential that shows it may use it.",
        "From Kubernetes 1.35 on kubelet verifies that, and says the same as of an absent image.", "ls /var/lib/kubelet/image_manager/pulled; imagePullCredentialsVerificationPolicy in the kubelet's configuration", "Give the pod the pull secret that the image was pulled with, or set the policy.") { Fit = CauseFit.Foreseen };

    public static readonly Cause CleanedOnNode = new("cleaned-on-node", "Kubelet has removed it: images that are not pinned go when the disk is full.",
        "Image garbage collection begins at 85 % of the disk.", "journalctl -u kubelet | grep -i 'image garbage'", "Pin the image (label io.cri-containerd.pinned=pinned), or let it be pulled.");

    public static readonly Cause AlwaysWithoutRegistry = new("always-pull", "The image lies on the node, and the policy Always asks the registry all the same.",
        "Always is the default for :latest and for names without a tag, and AlwaysPullImages sets it for all.", "kubectl get pod POD -n NAMESPACE -o jsonpath='{.spec.containers[*].imagePullPolicy}'", "Write a tag and imagePullPolicy: IfNotPresent; the policy of objects that exist does not change with their tag.") { Fit = CauseFit.Foreseen };
}
