namespace Viaduct.Simulation;

/// <summary>What comes of asking a runtime for a list.</summary>
internal sealed record Outcome
{
    /// <summary>The positions that led to the image, the outermost list's first; empty when nothing was taken.</summary>
    public IReadOnlyList<int> Path { get; init; } = [];

    public Candidate? Image { get; init; }

    /// <summary>Where a runtime fetches more than it takes, or cannot say what it takes: the positions in the outermost list.</summary>
    public IReadOnlyList<int>? Fetched { get; init; }

    /// <summary>What the user reads; null when something was taken, and with the few tools that say nothing.</summary>
    public string? Error { get; init; }

    public static Outcome Failed(string? error) => new() { Error = error };
}
