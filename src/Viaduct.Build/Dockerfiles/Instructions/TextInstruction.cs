namespace Viaduct.Build.Dockerfiles;

/// <summary>USER or WORKDIR: all that follows is one value.</summary>
internal sealed record TextInstruction(string Name, Position Position, Word Text) : Instruction(Name, Position);
