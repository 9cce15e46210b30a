namespace Viaduct.Simulation;

/// <summary>One line of a set's table: which runtime a kind of node has, for a span of Kubernetes versions.</summary>
/// <param name="From">The first minor version, 30 for 1.30.</param>
/// <param name="To">The last one.</param>
/// <param name="Name">The kind of node: "al2023", "windows-2022"; empty where there is one kind.</param>
/// <param name="Platforms">What such nodes are, as platforms are written.</param>
/// <param name="Runtime">As <see cref="Runtimes.Parse"/> reads it.</param>
/// <param name="Sources">The pages, releases and files that this was read from.</param>
internal sealed record NodeSetLine(int From, int To, string Name, string[] Platforms, string Runtime, params string[] Sources)
{
    public static readonly string[] Both = ["linux/amd64", "linux/arm64"];
    public static readonly string[] Windows2019 = ["windows(10.0.17763)/amd64"];
    public static readonly string[] Windows2022 = ["windows(10.0.20348)/amd64"];
    public static readonly string[] Windows2025 = ["windows(10.0.26100)/amd64"];

    /// <summary>What of this line was not found but taken, for people; null when all of it stands in the sources.</summary>
    public string? Remark { get; init; }
}
