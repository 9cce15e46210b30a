namespace Viaduct.Cli.Docker;

/// <summary>The verbs of <c>manifest</c>: docker's five, then ours.</summary>
internal static class ManifestVerbs
{
    private static readonly Flag Insecure = Flag.Switch("insecure", "Accept any certificate, and plain HTTP where there is no TLS");
    private static readonly Flag Output = new Flag("output", FlagKind.Format, "FORMAT", "Print text or json", 'o').Ours();
    private static readonly Flag DigestFile = new Flag("digest-file", FlagKind.String, "FILE", "Write the digest of the list to this file when it is pushed").Ours();

    private static readonly ManifestVerb Annotate = new("annotate", "[OPTIONS] MANIFEST_LIST MANIFEST", "Change what a local list says of one of its images",
        ArgumentRule.Exactly(2), AnnotateRun.RunAsync)
    {
        Flags =
        [
            new("os", FlagKind.String, "string", "The operating system"),
            new("arch", FlagKind.String, "string", "The architecture"),
            new("variant", FlagKind.String, "string", "The architecture's variant"),
            new("os-version", FlagKind.String, "string", "The version of the operating system"),
            new("os-features", FlagKind.Strings, "strings", "Features of the operating system, added to those that are there"),
            new Flag("clear", FlagKind.Strings, "WHAT,…", "Empty first: variant, os-version, os-features, annotations, annotation:KEY").Ours(),
            new Flag("annotation", FlagKind.Pairs, "KEY=VALUE", "An annotation of the image's entry").Ours(),
            Flag.Switch("index", "Change the list itself: with one argument, and --annotation or --clear").Ours(),
        ],
        Instead = flags => flags.Is("index") ? ArgumentRule.Exactly(1) : null,
        Examples =
        [
            "viaduct manifest annotate registry.example/pause:3.10 registry.example/pause-arm:3.10 --arch arm --variant v7",
            "viaduct manifest annotate registry.example/pause:3.10 registry.example/pause-arm:3.10 --clear variant",
            "viaduct manifest annotate --index registry.example/pause:3.10 --annotation org.opencontainers.image.version=3.10",
        ],
    };

    private static readonly ManifestVerb Create = new("create", "MANIFEST_LIST MANIFEST [MANIFEST...]", "Make a list on this machine from images of a registry",
        ArgumentRule.AtLeast(2), CreateRun.RunAsync)
    {
        Flags =
        [
            Flag.Switch("amend", "Add to a list that is there already", 'a'),
            Insecure,
            Flag.Switch("refresh", "Read images again that are in the list: their tags may have moved").Ours(),
            Flag.Switch("replace", "Begin anew when the list is there already").Ours(),
            Flag.Switch("append", "Begin with what the registry has under the list's name").Ours(),
            new Flag("platform", FlagKind.Strings, "PLATFORM,…", "Of images that are lists take only these").Ours(),
            Flag.Switch("drop-attestations", "Leave provenance and SBOMs behind").Ours(),
            new Flag("annotation", FlagKind.Pairs, "KEY=VALUE", "An annotation of the list").Ours(),
            new Flag("spec", FlagKind.String, "FILE", "Make the list that a YAML file of manifest-tool describes; - is standard input").Ours(),
            new Flag("template", FlagKind.String, "NAME", "Images by a name with OS, ARCH and VARIANT in it, one for each of --platforms").Ours(),
            new Flag("platforms", FlagKind.Strings, "PLATFORM,…", "The platforms of --template").Ours(),
            Flag.Switch("ignore-missing", "Leave out images that the registry does not have").Ours(),
            Flag.Switch("push", "Push the list at once, and forget it here").Ours(),
            DigestFile,
            Output,
        ],
        Instead = flags => flags.Has("spec") ? new(0, 1) : flags.Has("template") ? ArgumentRule.Exactly(1) : null,
        Examples =
        [
            "viaduct manifest create registry.example/pause:3.10 registry.example/pause-amd64:3.10 registry.example/pause-arm64:3.10",
            "viaduct manifest create --replace --push registry.example/pause:3.10 --template registry.example/pause-ARCH:3.10 --platforms linux/amd64,linux/arm64",
            "viaduct manifest create --spec pause.yaml --output json",
        ],
    };

    private static readonly ManifestVerb Inspect = new("inspect", "[OPTIONS] [MANIFEST_LIST] MANIFEST", "Show an image or a list: of this machine, else of the registry",
        new(1, 2), InspectRun.RunAsync)
    {
        Flags =
        [
            Flag.Switch("verbose", "Show descriptors, platforms and layers, too", 'v'),
            Insecure,
            Flag.Switch("raw", "Print the exact bytes, which hash to the digest").Ours(),
            new Flag("platform", FlagKind.Strings, "PLATFORM,…", "Of a list show only the entries for these; with --raw the bytes of the one image").Ours(),
            Output,
        ],
        Examples =
        [
            "viaduct manifest inspect registry.example/pause:3.10",
            "viaduct manifest inspect --raw registry.example/pause:3.10 | sha256sum",
            "viaduct manifest inspect --raw --platform linux/arm64 registry.example/pause:3.10 | jq .layers",
            "viaduct manifest inspect -v registry.example/pause:3.10 registry.example/pause-arm64:3.10",
        ],
    };

    private static readonly ManifestVerb Push = new("push", "[OPTIONS] MANIFEST_LIST", "Push a list, with those of its images that are elsewhere",
        ArgumentRule.Exactly(1), PushRun.RunAsync)
    {
        Flags =
        [
            Flag.Switch("purge", "Remove the list from this machine when it is pushed", 'p'),
            Insecure,
            new Flag("tag", FlagKind.Strings, "TAG,…", "Give the list these tags, too").Ours(),
            Flag.Switch("dry-run", "Show what would be pushed, and send nothing").Ours(),
            Flag.Switch("strict", "Refuse a platform that is there twice, and images of both docker's and OCI's kind").Ours(),
            new Flag("verify", FlagKind.Bool, "", "Ask the registry afterwards whether it has the list (default true)") { IsOurs = true },
            DigestFile,
            Output,
        ],
        Examples =
        [
            "viaduct manifest push --purge registry.example/pause:3.10",
            "viaduct manifest push registry.example/pause:3.10 --tag 3,latest --digest-file pause.digest",
            "viaduct manifest push --dry-run registry.example/pause:3.10",
        ],
    };

    private static readonly ManifestVerb Rm = new("rm", "MANIFEST_LIST [MANIFEST_LIST...]", "Remove lists from this machine",
        ArgumentRule.AtLeast(1), StoreRuns.RmAsync) { Examples = ["viaduct manifest rm registry.example/pause:3.10"] };

    private static readonly ManifestVerb Ls = new("ls", "[OPTIONS]", "Show the lists of this machine", ArgumentRule.Exactly(0), StoreRuns.LsAsync)
    {
        IsOurs = true,
        Flags = [Output],
        Examples = ["viaduct manifest ls", "viaduct manifest ls --output json | jq -r '.lists[].name'"],
    };

    private static readonly ManifestVerb Prune = new("prune", "[OPTIONS]", "Remove lists from this machine that are empty or pushed", ArgumentRule.Exactly(0), StoreRuns.PruneAsync)
    {
        IsOurs = true,
        Flags =
        [
            Flag.Switch("all", "Remove the others, too").Ours(),
            new Flag("older-than", FlagKind.Duration, "TIME", "Leave those that were changed since, as 24h or 90m").Ours(),
            Flag.Switch("dry-run", "Show what would be removed, and leave it").Ours(),
        ],
        Examples = ["viaduct manifest prune", "viaduct manifest prune --all --older-than 24h --dry-run"],
    };

    private static readonly ManifestVerb Remove = new("remove", "MANIFEST_LIST MANIFEST [MANIFEST...]", "Take images out of a list of this machine",
        ArgumentRule.AtLeast(2), StoreRuns.RemoveAsync) { IsOurs = true, Examples = ["viaduct manifest remove registry.example/pause:3.10 registry.example/pause-arm:3.10"] };

    public static IReadOnlyList<ManifestVerb> All { get; } = [Annotate, Create, Inspect, Push, Rm, Ls, Prune, Remove];

    public static ManifestVerb? Find(string name) => All.FirstOrDefault(v => v.Name == name);
}
