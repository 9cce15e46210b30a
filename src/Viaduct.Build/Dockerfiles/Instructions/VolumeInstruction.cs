namespace Viaduct.Build.Dockerfiles;

internal sealed record VolumeInstruction(Position Position, IReadOnlyList<Word> Paths) : Instruction("VOLUME", Position);
