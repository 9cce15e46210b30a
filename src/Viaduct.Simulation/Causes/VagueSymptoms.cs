namespace Viaduct.Simulation;

/// <summary>That something failed, without what.</summary>
internal static class VagueSymptoms
{
    private const string Kubelet = "kubelet, pkg/kubelet/images/image_manager.go and kuberuntime_container.go";

    public static readonly IReadOnlyList<Symptom> All =
    [
        new("crash-loop", "A container started and ended several times; kubelet waits before it starts it again.", "kubelet, pkg/kubelet/kuberuntime", ["CrashLoopBackOff", "Back-off restarting failed container"],
            [PlatformCauses.ProgramEnds, PlatformCauses.SingleArchitecture, PlatformCauses.WrongBinary]) { IsVague = true },
        new("back-off", "A pull failed before, and kubelet waits until it tries again. Why it failed is not in this line.", Kubelet, [KubeletWords.BackOff("*"), "ImagePullBackOff"],
            [NodeCauses.Waits, AbsenceCauses.TagAbsent, AccessCauses.NoCredential, PlatformCauses.Missing]) { IsVague = true },
        new("pull-failed", "A pull failed. Why is not in this line, or not understood.", Kubelet, ["ErrImagePull", "Failed to pull image", "failed to pull and unpack image", "ImageInspectError"],
            [NodeCauses.Waits, AbsenceCauses.TagAbsent, AccessCauses.NoCredential, PlatformCauses.Missing]) { IsVague = true },
    ];
}
