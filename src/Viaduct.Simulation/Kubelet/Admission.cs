namespace Viaduct.Simulation;

/// <summary>What defaulting and the admission plugins ServiceAccount and AlwaysPullImages make of pods.</summary>
/// <param name="objects">The secrets and service accounts that there are. Where none of a namespace was read, nothing is said of what it lacks.</param>
public sealed class Admission(ClusterObjects objects, ClusterSetup cluster)
{
    private readonly ServiceAccountAdmission _accounts = new(objects);
    private readonly SecretIndex _secrets = new(objects.Secrets);

    public AdmittedPod Admit(Pod pod)
    {
        var invalid = PodValidation.Of(pod);
        // The kubelet reads these itself: nothing of the API server is done to them, and it gets no secrets for them.
        if (pod.IsStatic) return Static(pod, invalid);

        var (account, refusal, names, remarks) = _accounts.Admit(pod);
        var identity = _secrets.Identify(pod.Namespace, names, account, remarks);
        identity = identity with { AccountIsUnread = account is null };
        // A pod with secrets of its own gets none of its account, whatever that has.
        if (account is null && pod.ImagePullSecrets.Count == 0) identity = identity with { Unread = [$"the ServiceAccount {pod.ServiceAccount}"] };
        var always = cluster.AlwaysPullImages;
        return new(pod, [.. pod.Containers.Select(c => WithPolicy(c, always))], identity)
        {
            Refusal = invalid ?? refusal,
            Remarks = remarks,
        };
    }

    private static AdmittedPod Static(Pod pod, string? invalid) =>
        new(pod, [.. pod.Containers.Select(c => WithPolicy(c, always: false))], new(pod.Namespace, [], [.. pod.ImagePullSecrets], null))
        {
            Refusal = invalid,
            Remarks = pod.ImagePullSecrets.Count == 0 ? []
                : [$"{pod} is a static pod: kubelet has no secrets of the API for it, so its imagePullSecrets do nothing; put the credentials into the node's config.json"],
        };

    /// <summary>plugin/pkg/admission/alwayspullimages/admission.go, Admit: containers of all kinds, and never the images of volumes.</summary>
    private static AdmittedContainer WithPolicy(PodContainer container, bool always)
    {
        if (always && container.Role != ContainerRole.ImageVolume) return new(container, PullPolicy.Always, "AlwaysPullImages");
        if (PodValidation.PolicyOf(container.PullPolicy) is { } written) return new(container, written, "written");
        return ImageName.DefaultsToAlways(container.Image)
            ? new(container, PullPolicy.Always, "default: the tag is :latest")
            : new(container, PullPolicy.IfNotPresent, "default: the tag is not :latest");
    }
}
