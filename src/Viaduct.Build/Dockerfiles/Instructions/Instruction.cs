namespace Viaduct.Build.Dockerfiles;

/// <summary>One instruction of a Dockerfile, its variables not yet replaced.</summary>
internal abstract record Instruction(string Name, Position Position)
{
    /// <summary>What in it only another builder can do (<c>RUN</c>, <c>COPY --link</c>), and where; null when the embedded builder can.</summary>
    public Word? Foreign { get; init; }

    /// <summary>Null for what stands in no file: an instruction that ONBUILD of an image brings along.</summary>
    public Written? Written { get; init; }
}
