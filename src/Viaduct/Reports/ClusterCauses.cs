using Viaduct.Simulation;
using Viaduct.Verification;

namespace Viaduct.Reports;

/// <summary>Collects causes: each once, whatever the number of pods and nodes.</summary>
internal sealed class ClusterCauses(ClusterView view)
{
    private readonly Dictionary<(Verdict, string, string, string, string), Draft> _drafts = [];

    public IReadOnlyList<ClusterCause> Collect()
    {
        foreach (var group in view.Report.PodGroups)
            for (var n = 0; n < group.Cells.Count; n++) Add(group, n, group.Cells[n]);
        return [.. _drafts.Values.Select(d => d.Finish()).OrderBy(c => Order(c.Verdict))];
    }

    private void Add(PodGroup group, int node, ClusterCell cell)
    {
        if (cell.Outcome is not { } outcome)
        {
            if (cell.Landing.Verdict == Verdict.Unknown) Put(Verdict.Unknown, "unknown", "", cell.Landing.Why, group, "", node, null);
        }
        else if (outcome.Pod.Refusal is { } refusal)
            Put(Verdict.Failure, "refused", "", refusal, group, "", node, null);
        else if (outcome.Verdict != Verdict.Ok)
            AddContainers(group, node, cell, outcome);
    }

    private void AddContainers(PodGroup group, int node, ClusterCell cell, PodOutcome outcome)
    {
        var any = false;
        foreach (var container in ClusterWords.Decisive(outcome))
        {
            any = true;
            var image = container.Container.Container.Image;
            var verdict = Doubted(container.Verdict, cell);
            var word = container.Verdict == Verdict.Failure && container.State.Reason is { Length: > 0 } reason ? reason : container.Verdict.Word();
            Put(verdict, word, image, ClusterWords.MessageOf(container), group, outcome.Containers.Count > 1 ? container.Container.Container.Name : "", node, container);
        }
        if (!any) Put(Doubted(outcome.Verdict, cell), outcome.Events.LastOrDefault(e => e.Type == "Warning")?.Reason ?? outcome.Verdict.Word(), "", outcome.Events.LastOrDefault(e => e.Type == "Warning")?.Message ?? cell.Landing.Why, group, "", node, null);
    }

    private void Put(Verdict verdict, string word, string image, string text, PodGroup group, string container, int node, ContainerOutcome? told)
    {
        // Findings name the node that they were made for; without it they are equal on equal nodes.
        var findings = told?.Pull is { } pull ? pull.Findings.Select(f => FindingWords.OfAny(f, pull.Node)).ToList() : [];
        string[] notes = [.. (told?.Notes ?? []).Concat(told?.Credentials.Remarks ?? []).Where(n => n != text).Distinct(StringComparer.Ordinal)];
        var key = (verdict, word, image, text, string.Join('\n', [container, .. notes, .. findings.Select(f => f.Kind.Code + f.Text)]));
        if (!_drafts.TryGetValue(key, out var draft)) _drafts.Add(key, draft = new(new(verdict, word, image, text) { Pods = [], Nodes = [], Notes = notes, Findings = findings }));
        draft.Add(group, view.NodeLabels[node], p => container.Length == 0 ? view.LabelOf(p) : $"{view.LabelOf(p)} ({container})");
    }

    /// <summary>A failure where it is not known whether pods come there is none that is certain.</summary>
    private static Verdict Doubted(Verdict verdict, ClusterCell cell) => verdict == Verdict.Failure && cell.Landing.Verdict == Verdict.Unknown ? Verdict.Unknown : verdict;

    private static int Order(Verdict verdict) => verdict switch { Verdict.Failure => 0, Verdict.Unknown => 1, _ => 2 };

    private sealed class Draft(ClusterCause cause)
    {
        private readonly HashSet<string> _pods = new(StringComparer.Ordinal);
        private readonly HashSet<string> _nodes = new(StringComparer.Ordinal);
        private readonly List<string> _podList = [];
        private readonly List<string> _nodeList = [];
        private readonly HashSet<PodGroup> _groups = new(ReferenceEqualityComparer.Instance);

        public void Add(PodGroup group, string node, Func<Pod, string> labelOf)
        {
            if (_nodes.Add(node)) _nodeList.Add(node);
            if (!_groups.Add(group)) return;
            foreach (var label in group.Pods.Select(labelOf).Where(_pods.Add)) _podList.Add(label);
        }

        public ClusterCause Finish() => cause with { Pods = _podList, Nodes = _nodeList };
    }
}
