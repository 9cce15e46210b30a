using Viaduct.Benchmarks.Measuring;
using Viaduct.Benchmarks.Peers;

namespace Viaduct.Benchmarks.Cases;

/// <summary>From a folder to a list in the registry, with a tag for each architecture as old YAML wants it.</summary>
internal sealed class JobCase
{
    private readonly Toolbox _tools;
    private readonly string _name;
    private readonly PauseSet _set;
    private readonly JobTools _jobs;

    private JobCase(Toolbox tools, string name)
    {
        (_tools, _name) = (tools, name);
        _set = PauseSet.Make(tools, name);
        _jobs = new JobTools(tools, _set, tools.Folder($"{name}-buildah"));
    }

    public static IReadOnlyList<Contest> Make(Toolbox tools) =>
    [
        new JobCase(tools, "cold").Cold(),
        new JobCase(tools, "changed").Changed(),
        new JobCase(tools, "unchanged").Unchanged(),
    ];

    private Contest Cold() => new(
        "Build 7 images, push them and their list: cold",
        "The registry is emptied before each run, nothing is remembered (`--no-cache`; buildah's store is emptied). `daemons' cpu` is what dockerd and containerd burned until buildx ended; `cpu ratio` has it in.",
        JobTools.Viaduct,
        [.. Contestants((name, commands) => new Contestant(name, scene =>
        {
            scene.Registry.Empty();
            _set.Forget();
            _jobs.Forget();
            return Task.FromResult(commands(new JobPlace(scene.Address, scene.Id, scene.Id, Cold: true)));
        })
        { Verify = scene => _set.VerifyAsync(JobTools.List(scene.Address, scene.Id)) })],
        [new Goal(JobTools.ListOnly, 10), new Goal(JobTools.SameWork, 30)])
    {
        // A child: a HEAD, two blobs of POST and PUT, two mounts and a PUT into the list's repository, a tag. The list: a HEAD, a PUT by digest, a tag.
        Requests = new Dictionary<string, int> { [JobTools.Viaduct] = (9 * _set.Platforms.Count) + 3 },
    };

    private Contest Changed() => new(
        "The same again, and one file has changed",
        "Before each run the program of one architecture gets content that it never had; all else is in the registry and in the caches. The tags are moved (`--move-tag`), as the others do unasked.",
        JobTools.Viaduct,
        Again(scene => _set.Change(scene.Id)),
        []);

    private Contest Unchanged() => new(
        "The same again, and nothing has changed",
        "Everything is in the registry and in the caches; each has done the same work before.",
        JobTools.Viaduct,
        Again(_ => { }),
        [new Goal(JobTools.ListOnly, 10, OfCpu: true)])
    {
        // A HEAD a tag.
        Requests = new Dictionary<string, int> { [JobTools.Viaduct] = _set.Platforms.Count + 1 },
    };

    /// <summary>The same place in all rounds, and one of its own for each.</summary>
    private IReadOnlyList<Contestant> Again(Action<Scene> change) => [.. Contestants((name, commands) =>
    {
        var place = $"{_name}-{name.Split(' ', ',')[0]}-{name.Length}";
        return new Contestant(name, scene =>
        {
            change(scene);
            return Task.FromResult(commands(new JobPlace(scene.Address, place, scene.Id, Cold: false)));
        })
        {
            Once = scene =>
            {
                foreach (var command in commands(new JobPlace(scene.Address, place, scene.Id, Cold: false))) _tools.Spawner.Run(command);
                return Task.CompletedTask;
            },
            Verify = scene => _set.VerifyAsync(JobTools.List(scene.Address, place)),
        };
    })];

    private IEnumerable<Contestant> Contestants(Func<string, Func<JobPlace, IReadOnlyList<Command>>, Contestant> make)
    {
        yield return make(JobTools.Viaduct, _jobs.Push);
        yield return Docker(JobTools.ListOnly, _jobs.BuildAll);
        yield return Docker(JobTools.SameWork, _jobs.BuildEach);
        yield return _tools.Buildah is null ? Contestant.Absent(JobTools.Buildah, "not found") : make(JobTools.Buildah, _jobs.Bud);

        Contestant Docker(string name, Func<JobPlace, IReadOnlyList<Command>> commands) =>
            JobTools.WhyNoBuildx(_tools) is { } why ? Contestant.Absent(name, why) : make(name, commands) with { Daemons = _tools.Daemons };
    }
}
