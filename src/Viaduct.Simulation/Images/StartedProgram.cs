namespace Viaduct.Simulation;

/// <summary>What a container of an image starts, as far as it can be told without a node.</summary>
/// <param name="Name">The executable's path, or the word that names it when it was not found.</param>
/// <param name="Files">The executable, and after a script its interpreters.</param>
/// <param name="Findings">What fails on every node.</param>
internal sealed record StartedProgram(string Name, IReadOnlyList<ExaminedFile> Files, IReadOnlyList<Finding> Findings);
