using Viaduct.Benchmarks.Peers;

namespace Viaduct.Benchmarks.Measuring;

/// <summary>
/// Runs contestants round by round, each once in every round, so that a busy moment hits them all; every round begins with another one.
/// Before the rounds each has a run of its own that is not timed: it warms the page cache and is where requests, connections and memory come from.
/// </summary>
/// <param name="Reference">The contestant that the others are compared with.</param>
internal sealed record Contest(string Title, string Note, string Reference, IReadOnlyList<Contestant> Contestants, IReadOnlyList<Goal> Goals)
{
    private static int _runs;

    /// <summary>How many requests a contestant should need, neither more nor less.</summary>
    public IReadOnlyDictionary<string, int> Requests { get; init; } = new Dictionary<string, int>();

    /// <summary>How many bytes of input a run works on; 0 where throughput says nothing.</summary>
    public long InputBytes { get; init; }

    public IReadOnlyList<Limit> Limits { get; init; } = [];

    public async Task<IReadOnlyList<Result>> RunAsync(Toolbox tools, Arena? arena, int rounds)
    {
        var results = Contestants.Select(c => new Result(c)).ToList();
        var present = results.Where(r => r.Contestant.Missing is null).ToList();
        foreach (var result in present)
        {
            Progress($"{Title}: {result.Contestant.Name}");
            await CountAsync(result, tools, arena).ConfigureAwait(false);
            if (arena is not null && result.Contestant.Once is { } once) await once(new Scene(arena.Quiet, NewWord())).ConfigureAwait(false);
        }
        for (var round = 1; round <= rounds; round++)
        {
            Progress($"{Title}: round {round} of {rounds}");
            for (var turn = 0; turn < present.Count; turn++)
            {
                var result = present[(round + turn) % present.Count];
                var usage = new Usage();
                var commands = await result.Contestant.Prepare(new Scene(arena?.Quiet!, NewWord())).ConfigureAwait(false);
                var before = result.Contestant.Daemons?.Cpu();
                foreach (var command in commands) usage += tools.Spawner.Run(command);
                if (before is { } then) result.DaemonCpu.Add((result.Contestant.Daemons!.Cpu() - then).TotalMilliseconds);
                result.Wall.Add(usage.Wall.TotalMilliseconds);
                result.Cpu.Add(usage.Cpu.TotalMilliseconds);
                result.OutputBytes = result.Contestant.Output?.Invoke();
            }
        }
        return results;
    }

    private async Task CountAsync(Result result, Toolbox tools, Arena? arena)
    {
        var contestant = result.Contestant;
        if (arena is not null && contestant.Once is { } once) await once(new Scene(arena.Counting, NewWord())).ConfigureAwait(false);
        var scene = new Scene(arena?.Counting!, NewWord());
        var commands = await contestant.Prepare(scene).ConfigureAwait(false);
        var mark = arena is null ? 0 : await arena.Counting.MarkAsync().ConfigureAwait(false);
        foreach (var command in commands)
            result.PeakBytes = Math.Max(result.PeakBytes, tools.Spawner.RunForMemory(command).PeakBytes);
        if (arena is null) return;
        result.Traffic = await arena.Counting.SinceAsync(mark).ConfigureAwait(false);
        if (contestant.Verify is { } verify) await verify(scene).ConfigureAwait(false);
    }

    private static string NewWord() => $"run{++_runs}";

    private static void Progress(string line) => Console.Error.WriteLine(line);
}
