namespace Viaduct.Acceptance.Tests.DockerManifest;

/// <summary>Lines that several tools run in one home. The digest that comes out must be the one that docker 28 gets when it runs all of them.</summary>
/// <param name="Lines">As those of a <see cref="Case"/>, each with its tool before it: <c>d</c> docker 28, <c>o</c> docker 20.10, <c>v</c> Viaduct; <c>sh</c> has none.</param>
internal sealed record Chain(string Name, string Lines)
{
    public IReadOnlyList<(Tool? Tool, string Line)> Steps { get; } = [.. Lines.Split(" ; ").Select(Step)];

    public bool NeedsOld => Steps.Any(s => s.Tool == Tool.OldDocker);

    private static (Tool? Tool, string Line) Step(string line) => line.Split(' ')[0] switch
    {
        "d" => (Tool.Docker, line[2..]),
        "o" => (Tool.OldDocker, line[2..]),
        "v" => (Tool.Viaduct, line[2..]),
        _ => (null, line),
    };
}
