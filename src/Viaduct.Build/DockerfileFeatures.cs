using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>What decides which builder a Dockerfile needs.</summary>
/// <param name="FirstRun">The first RUN of a stage that the build needs.</param>
/// <param name="FirstForeign">The first thing in such a stage that the embedded builder does not do, RUN or another, by name.</param>
public sealed record DockerfileFeatures(Position? FirstRun, (string Name, Position Position)? FirstForeign)
{
    /// <exception cref="ViaductException">VIA21xx.</exception>
    public static DockerfileFeatures Of(BuildRequest request)
    {
        var graph = new StageGraph(DockerfileReader.Read(request.Dockerfile), request);
        var foreign = graph.Needed.SelectMany(graph.InstructionsOf).Where(i => i.Foreign is not null).ToList();
        return new DockerfileFeatures(
            foreign.Find(i => i.Name == "RUN")?.Position,
            foreign is [{ Foreign: { } first }, ..] ? (first.Text, first.Position) : null);
    }
}
