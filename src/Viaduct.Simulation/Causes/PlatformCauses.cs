namespace Viaduct.Simulation;

/// <summary>Platforms of lists and nodes, and programs that do not start.</summary>
internal static class PlatformCauses
{
    public static readonly Cause Missing = new("platform-missing", "The list has no entry for the node's platform.",
        "The image was built for other architectures only.", "viaduct select {image} --platform {platform}", "Build and push it for {platform} as well (viaduct push), or keep the pod on other nodes with a nodeSelector for kubernetes.io/arch.") { Fit = CauseFit.Foreseen };

    public static readonly Cause ExactOnly = new("exact-platform-only", "There is an entry that older runtimes would fall back to, and containerd from 2.1 on takes the exact platform only.",
        "linux/386 for amd64, arm/v6 for arm/v7, arm/v7 for arm64 worked until the transfer service.", "viaduct select {image} --platform {platform} --as all", "Add an entry for {platform}, or set use_local_image_pull = true in containerd's configuration.") { Fit = CauseFit.Foreseen };

    public static readonly Cause Overwritten = new("list-overwritten", "The tag was pushed again from one machine, and the list of all platforms is gone, or has one platform twice.",
        "docker push of a single build, or a workflow whose jobs push the same tag, replaces the list.", "viaduct inspect {image}", "Assemble the list from its images: viaduct assemble {image} REF…; let only one job set the tag.") { Fit = CauseFit.Foreseen };

    public static readonly Cause WrongNode = new("wrong-node", "The pod has come to a node of another architecture than it was meant for.",
        "The scheduler does not look at the platforms of images.", "kubectl get pod POD -n NAMESPACE -o wide; kubectl get nodes -L kubernetes.io/arch,kubernetes.io/os", "nodeSelector: {kubernetes.io/arch: …}, or an image for all nodes.") { Fit = CauseFit.Foreseen };

    public static readonly Cause Level = new("cpu-level", "The entries ask for a higher CPU level (amd64/v2, v3) or variant than the runtime takes.",
        "containerd's host platform on amd64 has no level, so entries of amd64/v3 alone match no node; docker takes them.", "viaduct select {image} --platform {platform} --as all", "Add a plain linux/amd64 entry.") { Fit = CauseFit.Foreseen };

    public static readonly Cause WindowsBuild = new("windows-build", "The list has no image for this build of Windows.",
        "Windows Server takes images of its own build, or of builds since the LTSC before.", "kubectl get nodes -L node.kubernetes.io/windows-build; viaduct inspect {image}", "Push an image of the node's build, and select nodes by node.kubernetes.io/windows-build.") { Fit = CauseFit.Foreseen };

    public static readonly Cause WithoutPlatform = new("entry-without-platform", "The list has an entry without a platform, or a list within the list.",
        "CRI pulls it, and then does not find it again.", "viaduct inspect {image}", "Write a platform into every entry: viaduct assemble.") { Fit = CauseFit.Foreseen };

    public static readonly Cause SingleArchitecture = new("single-architecture", "The image is one of another architecture, without a list or pinned by the digest of one entry.",
        "A single manifest is pulled by every node, whatever it is for; kubelet does not check.", "viaduct inspect {image}; kubectl get nodes -L kubernetes.io/arch", "Push a list, and pin the list's digest in place of one entry's.") { Fit = CauseFit.Foreseen };

    public static readonly Cause WrongBinary = new("wrong-binary", "The entry is labelled for the node, and the program inside is for another architecture.",
        "COPY of a program that was built on the build machine, or a base image without --platform.", "viaduct simulate {image} --deep", "Build the program for $TARGETARCH; viaduct push --simulate catches it.") { Fit = CauseFit.Foreseen };

    public static readonly Cause NoShebang = new("no-shebang", "The entrypoint is a script without a first line #!, or with one that ends in CR.",
        "Linux says exec format error of a text file that names no interpreter.", "kubectl debug, or docker run --entrypoint head {image} -c 80 SCRIPT | od -c", "Write #!/bin/sh as the very first bytes, with line ends of Unix.");

    public static readonly Cause NotThere = new("program-missing", "The image has no such program, or lacks its interpreter or loader.",
        "A wrong command in the pod, a script's #!/bin/bash without bash, a program for glibc on musl.", "viaduct simulate {image} --command PROGRAM", "Correct command and args, or the image.") { Fit = CauseFit.Foreseen };

    public static readonly Cause NotExecutable = new("not-executable", "The program may not be executed: its mode, or a mount with noexec.",
        "COPY keeps the mode of the file, and checkouts on Windows lose it.", "docker run --entrypoint ls {image} -l PROGRAM", "COPY --chmod=0755.");

    public static readonly Cause ProgramEnds = new("program-ends", "The program starts and ends by itself.",
        "Without words of the runtime, CrashLoopBackOff is the program's own doing.", "kubectl logs POD -n NAMESPACE --previous; kubectl get pod POD -o jsonpath='{.status.containerStatuses[*].lastState}'", "Read its log and exit code: 1 its own, 137 killed (memory), 139 crashed, 126 and 127 not started.");
}
