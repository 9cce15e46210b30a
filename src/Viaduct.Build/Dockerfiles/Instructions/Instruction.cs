namespace Viaduct.Build.Dockerfiles;

/// <summary>One instruction of a Dockerfile, its variables not yet replaced.</summary>
internal abstract record Instruction(string Name, Position Position)
{
    /// <summary>What in it only another builder can do (<c>RUN</c>, <c>COPY --link</c>), and where; null when the embedded builder can.</summary>
    public Word? Foreign { get; init; }
}
