using CsCheck;
using static Viaduct.Simulation.Tests.ClusterParts;

namespace Viaduct.Simulation.Tests;

public class ClusterPropertyTests
{
    private static readonly string[] _keys = ["zone", "disk", "kubernetes.io/hostname", "kubernetes.io/arch"];
    private static readonly string[] _values = ["a", "b", "3", "n1", "n4", "arm64"];

    private static readonly Gen<NodeRequirement> _requirement =
        Gen.Select(One(_keys), One("In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"), One(_values).Array[0, 2], (k, o, v) => new NodeRequirement(k, o, v));

    private static readonly Gen<NodeTerm> _term = Gen.Select(_requirement.Array[0, 2],
        Gen.Select(One("In", "NotIn"), Gen.Int[0, 7], (o, n) => new NodeRequirement("metadata.name", o, [$"n{n}"])).Array[0, 1], (l, f) => new NodeTerm(l, f));

    private static readonly Gen<Placement> _placement = Gen.Select(
        Gen.Int[0, 12], Gen.Select(One(_keys), One(_values)).Array[0, 1], Gen.Select(_term.Array[0, 2], Gen.Bool, (t, b) => b ? t : null), One("", "x", "y"), One<string?>(null, null, "linux", "windows"), Gen.Bool,
        (name, selector, terms, tolerated, os, daemon) => new Placement
        {
            NodeName = name < 9 ? null : $"n{name - 6}",
            NodeSelector = selector.ToDictionary(s => s.Item1, s => s.Item2),
            Required = terms,
            Tolerations = tolerated.Length == 0 ? [] : [Toleration(tolerated, "Exists")],
            Os = os,
            IsDaemon = daemon,
            Unknowns = tolerated == "y" ? ["volumes"] : [],
        });

    private static readonly Gen<(string? Zone, string? Disk, string? Taint, bool Cordoned, string Platform)> _node = Gen.Select(
        One<string?>(null, "a", "b", "c"), One<string?>(null, "3", "4", "b"), One<string?>(null, null, "x:NoSchedule", "y:NoExecute", "z:PreferNoSchedule"), One(false, false, true),
        One("linux/amd64", "linux/arm64", "windows(10.0.20348)/amd64"));

    [Fact]
    public void Groups_say_of_every_pod_and_node_what_one_by_one_would() =>
        Gen.Select(_placement.Array[1, 8], _node.Array[1, 8], Gen.Int[0, 2].Array[8]).Sample((placements, drafts, images) =>
        {
            var nodes = drafts.Select((d, i) => Node($"n{i}", d.Platform, null, d.Taint is null ? [] : [d.Taint]) with { Unschedulable = d.Cordoned, Labels = LabelsOf(d.Zone, d.Disk) }).ToList();
            var pods = placements.Select((p, i) => Pod($"p{i}", p, $"r.io/app:{images[i]}")).ToList();

            var report = RunAsync(pods, nodes, Fate).GetAwaiter().GetResult();

            Assert.Equal(nodes.Select(n => n.Name).Order(), report.NodeGroups.SelectMany(g => g.Nodes).Select(n => n.Name).Order());
            Assert.Equal(pods.Select(p => p.Name).Order(), report.PodGroups.SelectMany(g => g.Pods).Select(p => p.Name).Order());
            foreach (var group in report.PodGroups)
                foreach (var pod in group.Pods)
                    for (var i = 0; i < report.NodeGroups.Count; i++)
                        Compare(pod, report.NodeGroups[i].Nodes, group.Cells[i]);
        }, iter: 3000);

    private static Gen<T> One<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static void Compare(Pod pod, IReadOnlyList<Node> nodes, ClusterCell cell)
    {
        var landings = nodes.Select(n => Scheduling.Of(pod, n)).ToList();
        var best = landings.Any(l => l.Verdict == Verdict.Ok) ? Verdict.Ok : landings.Any(l => l.Verdict == Verdict.Unknown) ? Verdict.Unknown : Verdict.Failure;
        if (best == Verdict.Failure)
        {
            Assert.Null(cell.Outcome);
            Assert.Contains(cell.Landing, landings);
            return;
        }
        // All nodes of a group that the pod comes to do the same with it.
        foreach (var (node, landing) in nodes.Zip(landings))
        {
            if (landing.Verdict == Verdict.Failure) continue;
            var refused = KubeletAdmission.Refuses(pod, node);
            Assert.Equal(refused is null ? Fate(Admit(pod), node) : Verdict.Failure, cell.Outcome!.Verdict);
            Assert.Equal(refused, refused is null ? null : cell.Outcome.Events.Single());
            Assert.Equal(landing, cell.Landing);
        }
    }

    private static Verdict Fate(AdmittedPod pod, Node node) => (pod.Pod.Containers[0].Image[^1] - '0' + node.Platform.Architecture.Length) % 3 == 0 ? Verdict.Failure : Verdict.Ok;

    private static Dictionary<string, string> LabelsOf(string? zone, string? disk)
    {
        var labels = new Dictionary<string, string>();
        if (zone is not null) labels["zone"] = zone;
        if (disk is not null) labels["disk"] = disk;
        return labels;
    }
}
