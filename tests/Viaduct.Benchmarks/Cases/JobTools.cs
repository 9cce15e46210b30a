using Viaduct.Benchmarks.Measuring;
using Viaduct.Benchmarks.Peers;

namespace Viaduct.Benchmarks.Cases;

/// <summary>What each tool is told to do the job of <see cref="JobCase"/>.</summary>
/// <param name="store">A folder for buildah's images.</param>
internal sealed class JobTools(Toolbox tools, PauseSet set, string store)
{
    public const string Viaduct = "viaduct push";
    public const string ListOnly = "buildx, 7 platforms, --push (the list alone, no tag per architecture)";
    public const string SameWork = "buildx ×7 --push + buildx imagetools create (the same work)";
    public const string Buildah = "buildah bud --manifest + manifest push --all (the list alone, no tag per architecture)";

    private string Platforms => string.Join(',', set.Platforms);

    public static string? WhyNoBuildx(Toolbox tools) =>
        tools.Docker is null ? "docker was not found" : tools.Buildx is null ? "docker has no buildx" : tools.Engine is null ? "no dockerd was named" : null;

    public IReadOnlyList<Command> Push(JobPlace place) =>
        [tools.Viaduct.With(["push", .. Given(set.IsChanged, "--move-tag"), "--registry", $"{place.Address}/{place.Prefix}", "-C", set.Root])];

    // Without provenance: a list of seven images is what is compared.
    public IReadOnlyList<Command> BuildAll(JobPlace place) =>
    [
        Build([.. Given(place.Cold, "--no-cache"), "--platform", Platforms, "--push", "-t", List(place.Address, place.Prefix), set.PlatformContext]),
    ];

    public IReadOnlyList<Command> BuildEach(JobPlace place) =>
    [
        .. set.Platforms.Select(platform => Build(
        [
            .. Given(place.Cold, "--no-cache"), "--platform", platform.ToString(), "--build-arg", $"ARCH={platform.ArchWord}", "--push",
            "-t", Child(place, platform.ArchWord), set.Context,
        ])),
        tools.Docker!.With(["buildx", "imagetools", "create", "-t", List(place.Address, place.Prefix), .. set.Platforms.Select(p => Child(place, p.ArchWord))]),
    ];

    /// <summary>A list's name is new in each run: buildah would add to one that it has.</summary>
    public IReadOnlyList<Command> Bud(JobPlace place) =>
    [
        // No RUN line, so no isolation is needed; the cache is off without --layers.
        Stored(["bud", "--quiet", "--isolation", "chroot", .. Given(!place.Cold, "--layers"), "--platform", Platforms, "--manifest", place.Run, set.PlatformContext]),
        Stored(["manifest", "push", "--quiet", "--all", "--tls-verify=false", place.Run, $"docker://{List(place.Address, place.Prefix)}"]),
    ];

    /// <summary>Empties buildah's store.</summary>
    public void Forget()
    {
        if (tools.Buildah is null || !Directory.EnumerateFileSystemEntries(store).Any()) return;
        tools.Spawner.Run(Stored(["rmi", "--all", "--force"]));
    }

    public static string List(string address, string prefix) => $"{address}/{prefix}/pause:{PauseSet.Tag}";

    private static string Child(JobPlace place, string word) => $"{place.Address}/{place.Prefix}/pause-{word}:{PauseSet.Tag}";

    private Command Build(IEnumerable<string> words) => tools.Docker!.With(["buildx", "build", "--quiet", "--provenance=false", .. words]);

    // Overlay over a folder in memory, as the registry's is.
    private Command Stored(IEnumerable<string> words) =>
        tools.Buildah!.With(["--root", Path.Combine(store, "root"), "--runroot", Path.Combine(store, "run"), "--storage-driver", "overlay", .. words]);

    private static IEnumerable<string> Given(bool isGiven, string option) => isGiven ? [option] : [];
}
