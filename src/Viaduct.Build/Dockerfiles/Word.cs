namespace Viaduct.Build.Dockerfiles;

/// <summary>A piece of an instruction as it was written, quotes and variables included.</summary>
internal readonly record struct Word(string Text, Position Position)
{
    public override string ToString() => Text;
}
