namespace Viaduct.Build.Dockerfiles;

/// <summary>ENTRYPOINT, CMD, SHELL or MAINTAINER. Variables in it are not replaced: those of a command are the container's business.</summary>
/// <param name="Shell">True when it is one line for the shell, false when it was written as a JSON array.</param>
internal sealed record CommandInstruction(string Name, Position Position, IReadOnlyList<string> Words, bool Shell) : Instruction(Name, Position);
