using static Viaduct.Simulation.Verdict;

namespace Viaduct.Simulation;

/// <summary>All that can be found, by code. A code that was given once keeps its meaning.</summary>
public static class FindingKinds
{
    // 1: the list.
    public static readonly FindingKind PlatformMissing = new("VF101", "platform-missing", Failure,
        "the list has nothing for the node's platform", "Build the image for that platform and assemble the list again, or keep the pod off such nodes with a nodeSelector on kubernetes.io/arch.");

    public static readonly FindingKind FallbackOnly = new("VF102", "fallback-only", Failure,
        "only an entry for a lesser platform would do, which containerd takes before 2.1 and refuses since", "Add an entry for the node's very platform, or set use_local_image_pull in containerd's configuration.");

    public static readonly FindingKind EntryDoubled = new("VF103", "entry-doubled", Warning,
        "the list has two entries for one platform, and only the first is ever run", "Look whether the second was meant for another platform, and assemble the list again.");

    public static readonly FindingKind EntryWithoutPlatform = new("VF104", "entry-without-platform", Failure,
        "an entry names no platform: what is pulled depends on the runtime, and kubelet's pull may fail after the download", "Assemble the list again with a platform for each image.");

    public static readonly FindingKind NestedList = new("VF105", "nested-list", Failure,
        "an entry is a list itself, which some runtimes refuse", "Assemble the list from the images instead; viaduct assemble flattens lists.");

    public static readonly FindingKind VariantTooHigh = new("VF106", "variant-too-high", Failure,
        "the only entries for the node's architecture ask for a higher level than the runtime takes the node for", "Add an entry for the node's own level or a lower one (linux/amd64, linux/arm/v6): with containerd and CRI-O no node takes an amd64 level, whatever its processor.");

    public static readonly FindingKind WindowsBuild = new("VF107", "windows-build", Failure,
        "no Windows entry is for a build that the node's Windows runs", "Add an image for the node's build of Windows; process isolation needs it.");

    public static readonly FindingKind UnusualPlatform = new("VF108", "unusual-platform", Warning,
        "an entry spells its platform in words that not every runtime understands", "Write the words of GOOS and GOARCH in lower case (linux, amd64, arm64, arm with v7).");

    public static readonly FindingKind PinnedToOnePlatform = new("VF109", "pinned-to-one-platform", Failure,
        "the name or digest is one image, not a list, and the nodes are of several platforms", "Name the list, or pin the list's digest instead of a child's.");

    public static readonly FindingKind NoImages = new("VF110", "no-images", Failure,
        "the list names no image at all", "Assemble the list again from the images that it is meant to join.");

    public static readonly FindingKind ContentMissing = new("VF111", "content-missing", Failure,
        "what the list or the image names is missing or is not what was named", "Push the image and the list again; if the registry collects garbage, look at its rules for untagged manifests.");

    public static readonly FindingKind NotAnImage = new("VF112", "not-an-image", Failure,
        "what is named is an artifact and no container image", "Name the image; artifacts are fetched with oras.");

    public static readonly FindingKind NodeLevel = new("VF113", "node-level", Warning,
        "the node is described with a processor level that its runtime does not see", "Nothing is wrong if the list has an entry for the plain architecture; images for higher levels are never taken there.");

    // 2: the config.
    public static readonly FindingKind ConfigDisagrees = new("VF201", "config-disagrees", Failure,
        "the list's entry and the image's config name different platforms", "Build the image with the right platform (--platform), not only the list; the entry repeats what the config says.");

    public static readonly FindingKind VariantDisagrees = new("VF202", "variant-disagrees", Warning,
        "the list's entry and the image's config name different variants", "Set the variant in the image's config when it is built.");

    public static readonly FindingKind ConfigWithoutPlatform = new("VF203", "config-without-platform", Warning,
        "the image's config names no platform", "Build the image with a platform: os and architecture are required by the image specification.");

    public static readonly FindingKind OtherPlatform = new("VF204", "other-platform", Failure,
        "a single image is for another platform, and every runtime pulls it nevertheless", "Name a list that has an image for the node, or keep the pod off such nodes.");

    public static readonly FindingKind LayersDisagree = new("VF205", "layers-disagree", Failure,
        "the config and the manifest name different numbers of layers", "Push the image again with a tool that writes both.");

    // 3: the program.
    public static readonly FindingKind WrongMachine = new("VF301", "wrong-machine", Failure,
        "the program is for another processor", "Compile the program for the image's platform (TARGETARCH in a Dockerfile), or copy it from a stage of that platform.");

    public static readonly FindingKind CompatibilityMode = new("VF302", "compatibility-mode", Failure,
        "the program runs only where the processor and kernel still run 32-bit programs", "Build it for the node's own architecture.");

    public static readonly FindingKind ProgramMissing = new("VF303", "program-missing", Failure,
        "what the image starts is not in it", "Correct ENTRYPOINT, CMD or the pod's command, or copy the program into the image.");

    public static readonly FindingKind NotExecutable = new("VF304", "not-executable", Failure,
        "what the image starts is no file or may not be executed", "Set the executable bits (COPY --chmod=755).");

    public static readonly FindingKind LoaderMissing = new("VF305", "loader-missing", Failure,
        "the program needs a dynamic loader that is not in the image", "Link statically (CGO_ENABLED=0 for Go), or use a base with the C library that the program was linked with.");

    public static readonly FindingKind LoaderDisagrees = new("VF306", "loader-disagrees", Failure,
        "the program's dynamic loader is for another processor", "Copy the loader and its libraries from the platform that the program was built for.");

    public static readonly FindingKind InterpreterMissing = new("VF307", "interpreter-missing", Failure,
        "a script's interpreter is not in the image or cannot be started", "Install the interpreter, correct the script's first line, or save the script with Unix line ends.");

    public static readonly FindingKind FloatAbi = new("VF308", "float-abi", Warning,
        "the program and what it is linked with pass floating point numbers differently (armel and armhf)", "Compile for the ABI of the base image: arm-linux-gnueabihf for armhf, arm-linux-gnueabi for armel.");

    public static readonly FindingKind ProcessorTooOld = new("VF309", "processor-too-old", Failure,
        "the program is compiled for a higher level than the node's processor has", "Compile for the lowest level among the nodes (GOARM, GOAMD64, -march).");

    public static readonly FindingKind NothingToStart = new("VF310", "nothing-to-start", Warning,
        "the image has neither entrypoint nor command", "Set ENTRYPOINT or CMD, or give the pod a command.");

    public static readonly FindingKind DamagedProgram = new("VF311", "damaged-program", Failure,
        "the program is no program that a kernel would load", "Look how the file came into the image: a download that failed, a pointer of Git LFS, an object file.");

    public static readonly FindingKind WrongSystem = new("VF312", "wrong-system", Failure,
        "the program is for another operating system", "Build it for the node's operating system (TARGETOS in a Dockerfile).");

    public static readonly FindingKind ForeignBinaries = new("VF313", "foreign-binaries", Ok,
        "programs elsewhere in the image are for other processors", "Nothing is wrong if they are data; otherwise build or copy them for the image's platform.");

    public static readonly FindingKind Emulated = new("VF314", "emulated", Warning,
        "the program runs under an emulator that the node has", "Build it for the node's own architecture: emulation costs an order of magnitude.");

    public static readonly FindingKind OtherAbi = new("VF315", "other-abi", Failure,
        "the program keeps to an ABI of its processor that the kernel may not have", "Compile it with a current toolchain: EABI for ARM, ELFv2 for ppc64le.");

    // 4: what is not known.
    public static readonly FindingKind NotLookedInto = new("VF401", "not-looked-into", Unknown,
        "what the image starts could not be looked into", "Look at the reason; limits are in docs/findings.");

    public static readonly FindingKind Unusable = new("VF402", "unusable-content", Failure,
        "a manifest, config or layer cannot be used by any runtime", "Build and push the image again.");

    public static IReadOnlyList<FindingKind> All { get; } =
    [
        PlatformMissing, FallbackOnly, EntryDoubled, EntryWithoutPlatform, NestedList, VariantTooHigh, WindowsBuild, UnusualPlatform,
        PinnedToOnePlatform, NoImages, ContentMissing, NotAnImage, NodeLevel,
        ConfigDisagrees, VariantDisagrees, ConfigWithoutPlatform, OtherPlatform, LayersDisagree,
        WrongMachine, CompatibilityMode, ProgramMissing, NotExecutable, LoaderMissing, LoaderDisagrees, InterpreterMissing, FloatAbi,
        ProcessorTooOld, NothingToStart, DamagedProgram, WrongSystem, ForeignBinaries, Emulated, OtherAbi,
        NotLookedInto, Unusable,
    ];
}
