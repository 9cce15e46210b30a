using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build;

/// <summary>What decides which builder a Dockerfile needs.</summary>
/// <param name="FirstRun">The first RUN of a stage that the build needs.</param>
/// <param name="FirstForeign">The first thing in such a stage that the embedded builder does not do, RUN or another, by name.</param>
public sealed record DockerfileFeatures(Position? FirstRun, (string Name, Position Position)? FirstForeign)
{
    /// <summary>What the Dockerfile itself says, without its bases.</summary>
    /// <exception cref="ViaductException">VIA21xx.</exception>
    public static DockerfileFeatures Of(BuildRequest request)
    {
        var graph = new StageGraph(DockerfileReader.Read(request.Dockerfile), request);
        return Of(ForeignFeatures.Of(graph, graph.InstructionsOf));
    }

    /// <summary>The same with what ONBUILD of the bases brings along; they are asked only when the Dockerfile itself needs no engine.</summary>
    /// <exception cref="ViaductException">VIA21xx, and what a base that cannot be found throws.</exception>
    public static async Task<DockerfileFeatures> OfAsync(BuildRequest request, CancellationToken cancellationToken)
    {
        var graph = new StageGraph(DockerfileReader.Read(request.Dockerfile), request);
        var own = Of(ForeignFeatures.Of(graph, graph.InstructionsOf));
        if (own.FirstForeign is not null) return own;

        var triggers = new Dictionary<int, IReadOnlyList<Instruction>>();
        foreach (var stage in graph.Order)
            if (graph.BaseOf(stage) is { Image: { } image } from)
            {
                var onBuild = await request.Bases.OnBuildAsync(image, from.Platform, cancellationToken).ConfigureAwait(false);
                if (onBuild.Count > 0) triggers[stage.Index] = [.. onBuild.Select(o => Triggers.Parse($"ONBUILD of {image}", o))];
            }
        return triggers.Count == 0 ? own : Of(ForeignFeatures.Of(graph, stage => [.. triggers.GetValueOrDefault(stage.Index) ?? [], .. graph.InstructionsOf(stage)], triggers));
    }

    private static DockerfileFeatures Of(IReadOnlyList<Word> foreign) => new(
        foreign.Where(f => f.Text == "RUN").Select(f => (Position?)f.Position).FirstOrDefault(),
        foreign is [var first, ..] ? (first.Text, first.Position) : null);
}
