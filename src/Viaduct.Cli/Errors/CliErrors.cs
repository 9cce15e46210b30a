using Viaduct.Build.Engines;
using Viaduct.Configuration;
using Viaduct.Oci;
using Viaduct.Registry;
using Viaduct.Simulation;

namespace Viaduct.Cli.Errors;

/// <summary>The failures of the command line: VIA90xx.</summary>
internal static class CliErrors
{
    public static ViaductException Usage(string what, string todo) => new("VIA9001", what, todo: todo, exit: ExitCode.Usage);

    public static ViaductException BadChild(string text, string why) =>
        new("VIA9013", $"'{text}' is no child: {why}", todo: "Write REF, or OS/ARCH[/VARIANT]=REF.", exit: ExitCode.Usage);

    public static ViaductException NotFound(string name) =>
        new("VIA9008", "there is no such image", name, "Look at the name and the tag; 'viaduct push' makes those of a set.");

    public static ViaductException NoPlatform(string name, Platform platform, IEnumerable<Platform> all) =>
        new("VIA9009", $"it has no image for {platform}", name, $"It has {string.Join(", ", all)}.");

    public static ViaductException NotPushed(IReadOnlyList<string> children) =>
        new("VIA9010", $"{children.Count} {(children.Count == 1 ? "image is" : "images are")} not in the registry as the files say: {string.Join(", ", children.Take(5))}{(children.Count > 5 ? ", …" : "")}",
            todo: "Run 'viaduct push' for them first; no list was touched.");

    public static ViaductException NameOne(string folder, IReadOnlyList<string> names) =>
        new("VIA9011", names.Count == 0 ? "the layout holds no image" : $"the layout holds {names.Count} images, and one is needed", folder,
            names.Count == 0 ? null : $"Name one: {string.Join(", ", names.Take(10).Select(n => $"oci:{folder}:{n}"))}{(names.Count > 10 ? ", …" : "")}", ExitCode.Usage);

    public static ViaductException BadFile(string file, string why) =>
        new("VIA9030", $"cannot be read: {why}", file, "Name a file that holds a manifest list as JSON, as 'crane manifest' or 'docker manifest inspect' print it, or - for standard input.", ExitCode.Usage);

    public static ViaductException NoImage(string name, string why) =>
        new("VIA9031", $"is neither an image nor a list of images: {why}", name, "Name an image or a manifest list.");

    /// <summary>As VIA6004 of all runtimes, where only one is asked for, and one that runs pods.</summary>
    public static ViaductException NoRuntime(string text, string option, IEnumerable<Runtime> known) =>
        new("VIA6004", $"there are no rules for '{OneLine(text)}'", todo: $"{option} takes one runtime, which runs pods: {string.Join(", ", known)}.", exit: ExitCode.Usage);

    public static ViaductException Layout(string text) =>
        Usage($"'{OneLine(text)}' is an OCI layout, and nodes pull from registries", "'viaduct select', 'inspect' and 'export' take layouts; to look at what was built before it is pushed, push it to the embedded registry.");

    public static ViaductException NoPlatforms(string name) =>
        new("VIA9032", "names no platform itself", name, "Say for which platform something is to be taken, for example --platform linux/arm64.", ExitCode.Usage);

    public static ViaductException InputTwice() =>
        new("VIA9033", "standard input was named twice, and it can be read once", todo: "Write one of the two to a file.", exit: ExitCode.Usage);

    public static ViaductException NoNodeInBoth(string before, string after) =>
        new("VIA9034", $"no node is described both as it is and as it will be: '{before}' is only in the one, '{after}' only in the other",
            todo: "Nodes are matched by their names; give the same node the same name in both descriptions.", exit: ExitCode.Usage);

    public static ViaductException NothingTaken(Selection selection, string name) =>
        new("VIA9035", $"{selection.Runtime} takes nothing for {selection.Platform}: {selection.Error ?? "no entry is for it"}", name,
            $"'viaduct select {name} --platform {selection.Platform} --as \"{selection.Runtime}\"' shows what there is, entry by entry.", ExitCode.VerificationFailed);

    public static ViaductException NotTheLoaded(EngineInfo engine, string name, string? found) =>
        new("VIA9036", found is null ? $"{engine.Name} took the image, and has none of the name {name}" : $"{engine.Name} took the image, and has another under the name {name}: {OneLine(found)}",
            engine.Address, "Perhaps somebody else changed the name meanwhile; load it again.", ExitCode.VerificationFailed);

    public static ViaductException FlagsApart(string one, string other) =>
        new("VIA9040", $"--{one} and --{other} do not go together", todo: "Leave one of them out.", exit: ExitCode.Usage);

    public static ViaductException FlagsTogether(string one, string other) =>
        new("VIA9040", $"--{one} and --{other} go together", todo: "Give both, or neither.", exit: ExitCode.Usage);

    public static ViaductException NoOtherDocker(string why) =>
        new("VIA9041", why, todo: "'docker manifest' is done by viaduct itself; for everything else install docker's command line, or call viaduct by its own name.");

    public static ViaductException BigSpec(string file, int most) =>
        new("VIA9042", $"it has more than {most} bytes, which no description of a list needs", file, exit: ExitCode.Usage);

    public static ViaductException NoFile(string flag, string text) =>
        new("VIA9043", $"--{flag}: '{OneLine(text)}' is no file that can be written", todo: "Name a file.", exit: ExitCode.Usage);

    public static ViaductException NoHost(string text) =>
        new("VIA9050", $"'{OneLine(text)}' is no registry", todo: "Name it as it stands in the names of images: registry.example, 127.0.0.1:5000; docker.io for Docker Hub.", exit: ExitCode.Usage);

    public static ViaductException NoSecret(string what, string todo) => new("VIA9051", what, todo: todo, exit: ExitCode.Usage);

    public static ViaductException NoUser(string user) =>
        new("VIA9052", $"'{OneLine(user)}' is no name that could be kept: it has a colon, or characters that are not printed", todo: "The colon parts name and password; give the password with --password-stdin.", exit: ExitCode.Usage);

    public static ViaductException NoTags(string name) =>
        new("VIA9060", "there is no such repository, or it has no tags", name, "Look at the name; of what this account may not see, registries say the same.");

    public static ViaductException NotAsked(string name) =>
        new("VIA9061", "a manifest is deleted with all that points at it, and there is no terminal to ask", name, "Say --yes; --dry-run shows what would go.", ExitCode.Usage);

    public static ViaductException BadMirror(string text, string from) =>
        new("VIA9062", $"{from}: '{OneLine(MirrorWords.Shown(text))}' names no mirror", todo: "Write HOST=URL: docker.io=https://mirror.example.", exit: ExitCode.Usage);

    public static ViaductException StillThere(string name, Digest digest) =>
        new("VIA9063", "the registry answers that there is nothing to delete, and still shows the manifest", $"{name}@{digest}",
            "It may be a cache in front of it, or the account may read and not delete: delete it in the registry's own console.");

    public static ViaductException Transport(string text, string transport, string todo) =>
        Usage($"'{OneLine(text)}': {transport} is not read or written here", todo);

    public static ViaductException NoNodes() =>
        new("VIA9070", "it is not said on which nodes to put the pods", todo: "Describe them with --nodes: a nodes.yaml, - for what 'kubectl get nodes -o json' prints, or a ready-made set such as kubernetes.", exit: ExitCode.Usage);

    public static ViaductException NoPods() =>
        new("VIA9071", "the files hold no pod, and nothing that makes pods", todo: "Name files with Pods, Deployments, Jobs and the like; nodes alone have no images.", exit: ExitCode.Usage);

    public static ViaductException NoSuchPod(string text, IReadOnlyCollection<string> known) =>
        new("VIA9072", $"--explain: there is no '{OneLine(text)}'", todo: $"{Meant(text, known)}Write KIND/NAME or NAMESPACE/KIND/NAME, such as {known.First()}.", exit: ExitCode.Usage);

    public static ViaductException NoSuchNode(string text, IReadOnlyCollection<string> known) =>
        new("VIA9073", $"--explain: there is no node '{OneLine(text)}'", todo: $"{Meant(text, known)}Leave out @NODE for every kind of node.", exit: ExitCode.Usage);

    public static ViaductException NoProvider(string text, IReadOnlyCollection<string> known) =>
        new("VIA9074", $"--provider-answers: no node has a credential provider '{OneLine(text)}'",
            todo: known.Count == 0 ? "nodes.yaml names the CredentialProviderConfig of a node with kubelet.credentialProviders." : $"{Meant(text, known)}There are {string.Join(", ", known.Order(StringComparer.Ordinal).Take(10))}.", exit: ExitCode.Usage);

    public static ViaductException NotUnderstood(string text) =>
        new("VIA9075", string.IsNullOrWhiteSpace(text) ? "there is no text" : $"no failure of a pull is known in '{OneLine(MessageCleaner.Clean(text.Trim().Split('\n')[0]))}'",
            todo: "Pass the whole line of the event 'Failed to pull image', or all that 'kubectl describe pod' prints: kubectl describe pod NAME | viaduct why -. If that is not understood either, what starts or schedules the pod failed, and no pull.");

    private static string Meant(string text, IReadOnlyCollection<string> known) => Nearest.To(text, known) is { } near ? $"Did you mean '{near}'? " : "";

    private static string OneLine(string text) => text.Length > 60 ? text[..60] + "…" : text;
}
