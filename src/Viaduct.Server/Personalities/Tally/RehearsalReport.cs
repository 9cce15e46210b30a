namespace Viaduct.Server;

/// <summary>What a rehearsal cost.</summary>
/// <param name="Name">The registry that was played.</param>
/// <param name="Requests">By kind and method.</param>
public sealed record RehearsalReport(string Name, IReadOnlyList<RequestCount> Requests)
{
    /// <summary>Requests answered with 401 because they came without anything: the first of each client.</summary>
    public long Challenges { get; init; }

    public IReadOnlyList<RefusalCount> Refusals { get; init; } = [];

    /// <summary>Pulls that an account has; null where they are not counted.</summary>
    public long? PullLimit { get; init; }

    public IReadOnlyList<PullCount> Pulls { get; init; } = [];

    public long Count => Requests.Sum(r => r.Count);

    public long Received => Requests.Sum(r => r.Received);

    public long Sent => Requests.Sum(r => r.Sent);
}
