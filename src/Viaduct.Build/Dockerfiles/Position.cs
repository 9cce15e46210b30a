namespace Viaduct.Build.Dockerfiles;

/// <summary>A place in a Dockerfile; line and column count from one.</summary>
public readonly record struct Position(string File, int Line, int Column)
{
    public override string ToString() => $"{File}:{Line}:{Column}";
}
