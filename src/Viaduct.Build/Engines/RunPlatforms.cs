using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>The platforms whose programs a build starts: those of stages with RUN, be it of their own or of their base's ONBUILD.</summary>
internal static class RunPlatforms
{
    /// <param name="graph">Of the request as the machine that builds sees it, see <see cref="EngineRequest"/>.</param>
    public static async Task<IReadOnlyList<(Platform Platform, Position Position)>> OfAsync(StageGraph graph, BuildRequest request, CancellationToken cancellationToken)
    {
        var found = new List<(Platform, Position)>();
        foreach (var stage in graph.Needed)
            if (graph.InstructionsOf(stage).FirstOrDefault(i => i.Name == "RUN") is { } run)
                found.Add((PlatformOf(graph, stage), run.Position));
            else if (graph.BaseOf(stage) is { Image: { } image } source && await RunsAsync(image, source.Platform, request, cancellationToken).ConfigureAwait(false))
                found.Add((source.Platform, stage.From.Position));
        return found;
    }

    private static async Task<bool> RunsAsync(string image, Platform platform, BuildRequest request, CancellationToken cancellationToken) =>
        (await request.Bases.OnBuildAsync(image, platform, cancellationToken).ConfigureAwait(false)).Any(t => Triggers.Parse($"ONBUILD of {image}", t).Name == "RUN");

    /// <summary>A stage that stands on another runs on what that does (BuildKit, dockerfile2llb).</summary>
    private static Platform PlatformOf(StageGraph graph, Stage stage) =>
        stage.From.Platform is null && graph.BaseOf(stage).Stage is { } parent ? PlatformOf(graph, parent) : graph.BaseOf(stage).Platform;
}
