namespace Viaduct.Simulation;

/// <summary>A program on the way from the entrypoint to what the kernel runs: the executable, then a script's interpreters and the dynamic loader.</summary>
/// <param name="Path">Absolute, as the entrypoint, PATH or the script before it says.</param>
internal sealed record ExaminedFile(string Path, BinaryFormat Format);
