using System.Globalization;
using Viaduct.Build.Dockerfiles;
using Viaduct.Oci;

namespace Viaduct.Build.Engines;

/// <summary>
/// ONBUILD of bases that are no stages of the Dockerfile. It stands in their configs: what a word of it means in the engine can neither be renamed nor pinned.
/// </summary>
internal static class ForeignTriggers
{
    /// <param name="onBuildOf">What the config of a base has.</param>
    /// <exception cref="ViaductException">VIA2168.</exception>
    public static void Check(StageGraph graph, BuildRequest request, Func<StageSource, IReadOnlyList<string>> onBuildOf)
    {
        var isShifted = DockerfileRewriter.CopiesOfAll(graph, request).Count > 0;
        foreach (var source in graph.Needed.Select(graph.BaseOf).Where(s => s.Image is not null))
            foreach (var text in onBuildOf(source))
            {
                var trigger = Triggers.Parse($"ONBUILD of {source.Image}", text);
                if (!request.Engine.Classic && trigger is CopyInstruction copy && ContextCopies.TakesAll(copy))
                    throw Refused(source, $"{copy.Name} of all of the context, which an engine's plain API cannot give it");
                foreach (var from in DockerfileRewriter.FromsOf(trigger)) CheckFrom(from, source, trigger, graph, isShifted);
            }
    }

    private static void CheckFrom(Word from, StageSource source, Instruction trigger, StageGraph graph, bool isShifted)
    {
        // The stage that holds the context is the first: all others have another number.
        if (isShifted && int.TryParse(from.Text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            throw Refused(source, $"{trigger.Name} from the stage {from.Text}, which has another number where an instruction copies all of the context");
        // The engine would take what the name means on that day, and without credentials.
        if (from.Text.Contains('$') || graph.FromOf(from) is { Image: not null })
            throw Refused(source, $"{trigger.Name} from the image {from.Text}, which cannot be pinned over an engine's plain API");
        if (graph.FromOf(from).Stage is { } stage && !graph.Needed.Contains(stage))
            throw Refused(source, $"{trigger.Name} from the stage {from.Text}, whose bases cannot be pinned over an engine's plain API");
    }

    private static ViaductException Refused(StageSource source, string what) =>
        DockerBuildErrors.CannotRewrite(source.Word.Position, BuildLog.Clean($"the base {source.Image} has ONBUILD {what}"), "Write builder: buildx.");
}
