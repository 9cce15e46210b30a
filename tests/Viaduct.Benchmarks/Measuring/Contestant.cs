using Viaduct.Benchmarks.Peers;

namespace Viaduct.Benchmarks.Measuring;

/// <summary>Someone who does the work of a case.</summary>
/// <param name="Prepare">Makes the scene of a run ready and says what to run, one after the other; only the running is measured.</param>
internal sealed record Contestant(string Name, Func<Scene, Task<IReadOnlyList<Command>>> Prepare)
{
    /// <summary>Why it cannot take part; it is named in the table all the same.</summary>
    public string? Missing { get; init; }

    /// <summary>Done once for each registry before anything is measured.</summary>
    public Func<Scene, Task>? Once { get; init; }

    /// <summary>Whose CPU is billed beside that of the commands; null when all the work is the commands' own.</summary>
    public Daemons? Daemons { get; init; }

    /// <summary>How many bytes the last run made, where that is compared.</summary>
    public Func<long>? Output { get; init; }

    /// <summary>Looks whether the work was really done.</summary>
    public Func<Scene, Task>? Verify { get; init; }

    public static Contestant Absent(string name, string why) => new(name, _ => throw new InvalidOperationException(why)) { Missing = why };

    /// <summary>For cases without a registry.</summary>
    public static Contestant Of(string name, Command command) => new(name, _ => Task.FromResult<IReadOnlyList<Command>>([command]));
}
