using Viaduct.Oci;
using Viaduct.Reports;
using Viaduct.Simulation;

namespace Viaduct.Cli.Printing;

/// <summary>What becomes of pods on nodes as JSON; the shape is <c>docs/schema/cluster.schema.json</c>. Of credentials there is where they come from, and nothing of what they are.</summary>
internal static class ClusterJson
{
    public static byte[] Write(ClusterView view) => Json.Document(1, json =>
    {
        json.Name("verdict").String(view.Report.Verdict.Word()).Name("nodeGroups").BeginArray();
        foreach (var (at, group) in view.Report.NodeGroups.Index()) Nodes(json, view.NodeLabels[at], group);
        json.EndArray().Name("podGroups").BeginArray();
        foreach (var group in view.Report.PodGroups) Pods(json, group);
        json.EndArray().Name("causes").BeginArray();
        foreach (var cause in view.Causes) Cause(json, cause);
        json.EndArray().Name("remarks").BeginArray();
        foreach (var remark in view.Report.Remarks)
            json.BeginObject().Name("verdict").String(remark.Verdict.Word()).Name("where").String(remark.Where).Name("text").String(remark.Text).EndObject();
        json.EndArray();
    });

    private static void Nodes(GoJsonWriter json, string label, NodeGroup group)
    {
        var first = group.Nodes[0];
        json.BeginObject()
            .Name("label").String(label)
            .Name("nodes").Strings(group.Nodes.Select(n => n.Name))
            .Name("platform").String(first.Platform.ToString())
            .Name("runtime").String(first.Runtime.ToString())
            .Optional("kubernetes", first.KubernetesVersion)
            .EndObject();
    }

    private static void Pods(GoJsonWriter json, PodGroup group)
    {
        json.BeginObject().Name("pods").BeginArray();
        foreach (var pod in group.Pods)
            json.BeginObject().Name("namespace").String(pod.Namespace).Name("kind").String(pod.Kind).Name("name").String(pod.Name).Name("where").String(pod.Where).EndObject();
        json.EndArray().Name("cells").BeginArray();
        foreach (var (at, cell) in group.Cells.Index()) Cell(json, at, cell);
        json.EndArray().Optional("nowhere", group.Nowhere?.Text).Name("events");
        Events(json, group.Events);
        json.EndObject();
    }

    private static void Cell(GoJsonWriter json, int at, ClusterCell cell)
    {
        json.BeginObject().Name("nodeGroup").Number(at)
            .Name("word").String(ClusterWords.Of(cell))
            .Name("lands").String(cell.Landing.Verdict switch { Verdict.Failure => "no", Verdict.Unknown => "unknown", _ => "yes" })
            .Optional("why", cell.Landing.Why is { Length: > 0 } why ? why : null)
            .Optional("verdict", ClusterWords.VerdictOf(cell)?.Word());
        if (cell.Outcome is { } outcome)
        {
            json.Optional("refusal", outcome.Pod.Refusal).Name("admission").Strings(outcome.Pod.Remarks);
            json.Name("containers").BeginArray();
            foreach (var container in outcome.Containers) ClusterContainerJson.Write(json, container);
            json.EndArray().Name("events");
            Events(json, outcome.Events);
        }
        json.EndObject();
    }

    private static void Events(GoJsonWriter json, IReadOnlyList<PodEvent> events)
    {
        json.BeginArray();
        foreach (var e in events)
            json.BeginObject()
                .Name("firstSeconds").Number((long)e.At.TotalSeconds)
                .Name("lastSeconds").Number((long)e.Last.TotalSeconds)
                .Name("count").Number(e.Count)
                .Name("type").String(e.Type)
                .Name("reason").String(e.Reason)
                .Name("from").String(e.Source)
                .Optional("fieldPath", e.FieldPath)
                .Name("message").String(e.Message)
                .EndObject();
        json.EndArray();
    }

    private static void Cause(GoJsonWriter json, ClusterCause cause) => json.BeginObject()
        .Name("verdict").String(cause.Verdict.Word())
        .Name("word").String(cause.Word)
        .Optional("image", cause.Image.Length > 0 ? cause.Image : null)
        .Name("text").String(cause.Text)
        .Name("pods").Strings(cause.Pods)
        .Name("nodes").Strings(cause.Nodes)
        .Name("notes").Strings(cause.Notes)
        .Findings("findings", cause.Findings)
        .EndObject();
}
