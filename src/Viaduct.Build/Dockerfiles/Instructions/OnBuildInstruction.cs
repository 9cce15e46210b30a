namespace Viaduct.Build.Dockerfiles;

/// <param name="Expression">The instruction as the config keeps it: the joined line, its variables not replaced.</param>
/// <param name="Trigger">The same, read.</param>
internal sealed record OnBuildInstruction(Position Position, string Expression, Instruction Trigger) : Instruction("ONBUILD", Position);
