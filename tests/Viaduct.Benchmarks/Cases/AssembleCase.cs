using Viaduct.Benchmarks.Measuring;
using Viaduct.Benchmarks.Peers;
using Viaduct.Execution;
using Viaduct.Oci;

namespace Viaduct.Benchmarks.Cases;

/// <summary>A list of seven images that are in the registry already: in repositories of their own, or all in the list's.</summary>
internal sealed class AssembleCase
{
    private const string MoveTag = "viaduct assemble --move-tag";
    private const string Careful = "viaduct assemble";
    private const string Crane = "crane index append";
    private const string Source = "source";

    private readonly Toolbox _tools;
    private readonly PauseSet _set;
    private readonly List<string> _words;

    private AssembleCase(Toolbox tools, PauseSet set)
    {
        (_tools, _set) = (tools, set);
        _words = [.. set.Platforms.Select(p => p.ArchWord)];
    }

    public static async Task<IReadOnlyList<Contest>> MakeAsync(Toolbox tools, Arena arena)
    {
        var set = PauseSet.Make(tools, "assemble");
        foreach (var registry in new[] { arena.Counting, arena.Quiet }) await set.PushAsync($"{registry.Address}/{Source}");
        set.Forget();
        var made = new AssembleCase(tools, set);
        return
        [
            new Contest(
                "Assemble a list of 7 images, each from a repository of its own",
                "The images lie in `pause-ARCH`, the list goes to a repository that is new in each run, so blobs and manifests have to be brought there. "
                    + "`--move-tag` saves viaduct the look at the tag.",
                MoveTag, [.. made.Contestants(made.CrossAsync, made.ChildElsewhere, cross: true)], [new Goal(Crane, 2)])
            {
                // A child: its manifest, its config, two mounts and a PUT. The list: a PUT, and a HEAD of the tag where it must not move.
                Requests = new Dictionary<string, int> { [MoveTag] = (5 * made._words.Count) + 1, [Careful] = (5 * made._words.Count) + 2 },
            },
            new Contest(
                "Assemble a list of 7 images of its own repository",
                "The images are `pause:3.10-ARCH` in a repository that is new in each run; nothing has to be brought.",
                MoveTag, [.. made.Contestants(made.SameAsync, made.ChildHere, cross: false)], [new Goal(Crane, 2)])
            {
                Requests = new Dictionary<string, int> { [MoveTag] = (2 * made._words.Count) + 1, [Careful] = (2 * made._words.Count) + 2 },
            },
        ];
    }

    private IEnumerable<Contestant> Contestants(Func<Scene, Task> prepare, Func<Scene, string, string> child, bool cross)
    {
        yield return Of(MoveTag, scene => [_tools.Viaduct.With(["assemble", "--move-tag", Target(scene), .. Children(scene)])]);
        yield return Of(Careful, scene => [_tools.Viaduct.With(["assemble", Target(scene), .. Children(scene)])]);
        yield return _tools.Crane is { } crane
            ? Of(Crane, scene => [crane.With(["index", "append", "-t", Target(scene), .. Children(scene).SelectMany(c => new[] { "-m", c })])])
            : Contestant.Absent(Crane, "not found");
        var orasName = cross ? "oras cp ×7 + oras manifest index create" : "oras manifest index create";
        yield return _tools.Oras is { } oras
            ? Of(orasName, scene =>
            [
                .. cross ? _words.Select(word => oras.With("cp", "--from-plain-http", "--to-plain-http", child(scene, word), Here(scene, word))) : [],
                oras.With(["manifest", "index", "create", "--plain-http", Target(scene), .. _words.Select(word => $"{PauseSet.Tag}-{word}")]),
            ])
            : Contestant.Absent(orasName, "not found");
        const string Manifest = "docker manifest create + push";
        yield return _tools.Docker is { } docker
            ? Of(Manifest, scene =>
            [
                docker.With(["manifest", "create", "--insecure", Target(scene), .. Children(scene)]),
                docker.With("manifest", "push", "--insecure", "--purge", Target(scene)),
            ])
            : Contestant.Absent(Manifest, "docker was not found");

        IEnumerable<string> Children(Scene scene) => _words.Select(word => child(scene, word));

        Contestant Of(string name, Func<Scene, IReadOnlyList<Command>> commands) => new(name, async scene =>
        {
            await prepare(scene);
            return commands(scene);
        })
        { Verify = scene => _set.VerifyAsync(Target(scene)) };
    }

    private static string Target(Scene scene) => $"{scene.Address}/{scene.Id}/pause:{PauseSet.Tag}";

    private static string Here(Scene scene, string word) => $"{Target(scene)}-{word}";

    private string ChildHere(Scene scene, string word) => Here(scene, word);

    private string ChildElsewhere(Scene scene, string word) => $"{scene.Address}/{Source}/pause-{word}:{PauseSet.Tag}";

    private Task CrossAsync(Scene scene) => Task.CompletedTask;

    private async Task SameAsync(Scene scene)
    {
        using var client = PauseSet.Client();
        var target = client.Repository(Reference.Parse(Target(scene)));
        foreach (var word in _words)
        {
            var source = client.Repository(Reference.Parse(ChildElsewhere(scene, word)));
            var image = await source.FindManifestAsync(PauseSet.Tag, default) ?? throw new BenchmarkException($"{source.Name} is gone.");
            await ChildMover.BringAsync(source, image, target, default);
            await target.TagAsync($"{PauseSet.Tag}-{word}", image, default);
        }
    }
}
