namespace Viaduct.Simulation;

/// <summary>What a container of an image starts, as far as it can be told without a node.</summary>
/// <param name="Name">The executable's path, or the word that names it when it was not found.</param>
/// <param name="Files">The executable, then what a script has the kernel load and what env starts for it, each before its dynamic loader.</param>
/// <param name="Findings">What fails on every node.</param>
internal sealed record StartedProgram(string Name, IReadOnlyList<ExaminedFile> Files, IReadOnlyList<Finding> Findings)
{
    /// <summary>What the shell starts that is started, where its line is plain; nobody proves that the shell comes to it.</summary>
    public StartedProgram? Behind { get; init; }
}
