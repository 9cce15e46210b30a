using Viaduct.Benchmarks.Measuring;
using Viaduct.Benchmarks.Peers;

namespace Viaduct.Benchmarks.Cases;

/// <summary>From a folder to a list in the registry, with a tag for each architecture as old YAML wants it.</summary>
internal sealed class JobCase
{
    private const string Viaduct = "viaduct push";
    private const string ListOnly = "buildx, 7 platforms, --push (the list alone, no tag per architecture)";
    private const string SameWork = "buildx ×7 --push + buildx imagetools create (the same work)";

    private readonly Toolbox _tools;
    private readonly PauseSet _set;
    private readonly string? _missing;

    private JobCase(Toolbox tools, string name)
    {
        _tools = tools;
        _set = PauseSet.Make(tools, name);
        _missing = tools.Docker is null ? "docker was not found" : tools.Buildx is null ? "docker has no buildx" : tools.Engine is null ? "no dockerd was named" : null;
    }

    public static IReadOnlyList<Contest> Make(Toolbox tools) =>
    [
        new JobCase(tools, "cold").Cold(),
        new JobCase(tools, "unchanged").Unchanged(),
    ];

    private Contest Cold() => new(
        "Build 7 images, push them and their list: cold",
        "The registry is emptied before each run, nothing is remembered (`--no-cache`). The CPU and memory of dockerd and containerd are beside buildx's and not in the table.",
        Viaduct,
        [.. Contestants((name, commands) => new Contestant(name, scene =>
        {
            scene.Registry.Empty();
            _set.Forget();
            return Task.FromResult(commands(scene.Address, scene.Id, "--no-cache"));
        })
        { Verify = scene => _set.VerifyAsync(List(scene.Address, scene.Id)) })],
        [new Goal(ListOnly, 10), new Goal(SameWork, 30)])
    {
        // A child: a HEAD, two blobs of POST and PUT, two mounts and a PUT into the list's repository, a tag. The list: a HEAD, a PUT by digest, a tag.
        Requests = new Dictionary<string, int> { [Viaduct] = (9 * _set.Platforms.Count) + 3 },
    };

    private Contest Unchanged() => new(
        "The same again, and nothing has changed",
        "Everything is in the registry and in the caches; each has done the same work before.",
        Viaduct,
        [.. Contestants((name, commands) =>
        {
            // The same place in all rounds, and one of its own for each.
            var place = $"unchanged-{name.Split(' ', ',')[0]}-{name.Length}";
            return new Contestant(name, scene => Task.FromResult(commands(scene.Address, place, null)))
            {
                Once = scene =>
                {
                    foreach (var command in commands(scene.Address, place, null)) _tools.Spawner.Run(command);
                    return Task.CompletedTask;
                },
                Verify = scene => _set.VerifyAsync(List(scene.Address, place)),
            };
        })],
        [])
    {
        // A HEAD a tag.
        Requests = new Dictionary<string, int> { [Viaduct] = _set.Platforms.Count + 1 },
    };

    private IEnumerable<Contestant> Contestants(Func<string, Func<string, string, string?, IReadOnlyList<Command>>, Contestant> make)
    {
        yield return make(Viaduct, (address, place, _) => [_tools.Viaduct.With("push", "--registry", $"{address}/{place}", "-C", _set.Root)]);
        yield return _missing is null ? make(ListOnly, (address, place, cache) => [BuildAll(address, place, cache)]) : Contestant.Absent(ListOnly, _missing);
        yield return _missing is null ? make(SameWork, BuildEach) : Contestant.Absent(SameWork, _missing);
    }

    // Without provenance: a list of seven images is what is compared.
    private Command BuildAll(string address, string place, string? cache) => _tools.Docker!.With(
    [
        "buildx", "build", "--quiet", "--provenance=false", .. Given(cache), "--platform", string.Join(',', _set.Platforms), "--push",
        "-t", List(address, place), _set.PlatformContext,
    ]);

    private IReadOnlyList<Command> BuildEach(string address, string place, string? cache) =>
    [
        .. _set.Platforms.Select(platform => _tools.Docker!.With(
        [
            "buildx", "build", "--quiet", "--provenance=false", .. Given(cache), "--platform", platform.ToString(), "--build-arg", $"ARCH={platform.ArchWord}", "--push",
            "-t", Child(address, place, platform.ArchWord), _set.Context,
        ])),
        _tools.Docker!.With(
        [
            "buildx", "imagetools", "create", "-t", List(address, place), .. _set.Platforms.Select(p => Child(address, place, p.ArchWord)),
        ]),
    ];

    private static IEnumerable<string> Given(string? option) => option is null ? [] : [option];

    private static string List(string address, string place) => $"{address}/{place}/pause:{PauseSet.Tag}";

    private static string Child(string address, string place, string word) => $"{address}/{place}/pause-{word}:{PauseSet.Tag}";
}
