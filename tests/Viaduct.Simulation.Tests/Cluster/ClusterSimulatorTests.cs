using static Viaduct.Simulation.Tests.ClusterParts;

namespace Viaduct.Simulation.Tests;

public class ClusterSimulatorTests
{
    [Fact]
    public async Task Pods_and_nodes_that_are_alike_are_simulated_once()
    {
        var started = 0;
        var pods = Enumerable.Range(0, 300).Select(i => Pod($"p{i}", image: $"r.io/app:{i % 3}")).ToList();
        var nodes = Enumerable.Range(0, 200).Select(i => Node($"n{i}", i % 2 == 0 ? "linux/amd64" : "linux/arm64")).ToList();

        var report = await RunAsync(pods, nodes, (_, _) =>
        {
            Interlocked.Increment(ref started);
            return Verdict.Ok;
        });

        Assert.Equal(6, started);
        Assert.Equal([100, 100], report.NodeGroups.Select(g => g.Nodes.Count));
        Assert.Equal([100, 100, 100], report.PodGroups.Select(g => g.Pods.Count));
        Assert.Equal(Verdict.Ok, report.Verdict);
    }

    [Fact]
    public async Task Pods_that_are_bound_to_nodes_do_not_split_them()
    {
        var nodes = Enumerable.Range(0, 50).Select(i => Node($"n{i}")).ToList();
        var pods = nodes.Select(n => Pod($"on-{n.Name}", new Placement { NodeName = n.Name })).Append(Pod("free")).ToList();

        var report = await RunAsync(pods, nodes);

        Assert.Single(report.NodeGroups);
        Assert.Single(report.PodGroups);
        Assert.Equal(Verdict.Ok, report.Verdict);
    }

    [Fact]
    public async Task An_outcome_is_shown_with_the_groups_own_pod_and_a_node_it_comes_to()
    {
        var pods = new[] { Pod("free"), Pod("bound", new Placement { NodeSelector = Pairs("kubernetes.io/hostname=n2") }), Pod("far", new Placement { NodeSelector = Pairs("zone=b") }) };
        var nodes = new[] { Node("n1").With("zone=a"), Node("n2").With("zone=a"), Node("n3").With("zone=b") };

        var report = await RunAsync(pods, nodes);

        var cell = report.Cell("bound", "n2");
        Assert.Equal(("bound", "n2"), (cell.Outcome!.Pod.Pod.Name, cell.Outcome.Node.Name));
        Assert.Equal("far", report.Cell("far", "n3").Outcome!.Pod.Pod.Name);
        Assert.Null(report.Cell("far", "n1").Outcome);
        Assert.Equal("node(s) didn't match Pod's node affinity/selector", report.Cell("far", "n1").Landing.Why);
    }

    [Fact]
    public async Task Who_is_scheduled_where_is_told_of_the_groups_own_pod()
    {
        var first = Pod("web") with { Kind = "Deployment" };
        var nodes = new[] { Node("n1").With("zone=a"), Node("n2").With("zone=b") };
        var pods = new[] { first, Pod("near", new Placement { NodeSelector = Pairs("zone=a") }), Pod("far", new Placement { NodeSelector = Pairs("zone=b") }) };
        var report = await new ClusterSimulator(new ClusterObjects { Pods = pods }, new ClusterSetup(), Registries.Of(null, null), new CannedAnswers()).RunAsync(nodes, TestContext.Current.CancellationToken);

        Assert.DoesNotContain(report.Cell("web", "n1").Outcome!.Events, e => e.Reason == "Scheduled");
        foreach (var (pod, node) in new[] { ("near", "n1"), ("far", "n2") })
            Assert.Equal($"Successfully assigned default/{pod} to {node}", Assert.Single(report.Cell(pod, node).Outcome!.Events, e => e.Reason == "Scheduled").Message);
    }

    [Fact]
    public async Task A_pod_that_fits_nowhere_fails_in_the_schedulers_words()
    {
        var nodes = new[] { Node("n1", "linux/amd64", "1.33", "node-role.kubernetes.io/control-plane:NoSchedule"), Node("n2", version: "1.33"), Node("n3", version: "1.33") };

        var report = await RunAsync([Pod("lost", new Placement { NodeSelector = Pairs("disk=ssd") })], nodes);

        var group = Assert.Single(report.PodGroups);
        var said = Assert.Single(group.Events);
        Assert.Equal(("FailedScheduling", "Warning", "default-scheduler"), (said.Reason, said.Type, said.Source));
        Assert.Equal("0/3 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 2 node(s) didn't match Pod's node affinity/selector."
            + " preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.", said.Message);
        Assert.Equal((Verdict.Failure, Verdict.Failure), (group.Verdict, report.Verdict));
        Assert.Contains(report.Remarks, r => r.Verdict == Verdict.Failure && r.Text == $"default/lost: {said.Message}");
    }

    [Fact]
    public async Task The_scheduler_names_taints_no_more_since_1_34()
    {
        var report = await RunAsync([Pod("lost")], [Node("n1", "linux/amd64", "1.34", "a=b:NoSchedule"), Node("n2", "linux/amd64", "1.34", "c=d:NoSchedule")]);

        Assert.StartsWith("0/2 nodes are available: 2 node(s) had untolerated taint(s). ", report.PodGroups[0].Events[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_a_pod_asks_for_are_counted_one_by_one_where_it_fits_nowhere()
    {
        var nodes = Enumerable.Range(0, 12).Select(i => Node($"n{i}", "linux/amd64", "1.35", i == 3 ? ["x:NoSchedule"] : [])).ToList();

        var report = await RunAsync([Pod("lost", new Placement { NodeSelector = Pairs("kubernetes.io/hostname=n3") })], nodes);

        Assert.StartsWith("0/12 nodes are available: 1 node(s) had untolerated taint(s), 11 node(s) didn't match", report.PodGroups[0].Events[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_refused_by_the_API_server_comes_to_no_node()
    {
        var report = await RunAsync([Pod("bad")], [Node("n")], admit: p => Admit(p) with { Refusal = "pods \"bad\" is forbidden" });

        Assert.Equal(Verdict.Failure, report.Verdict);
        Assert.Equal("default/bad: pods \"bad\" is forbidden", report.PodGroups[0].Nowhere!.Text);
        Assert.Equal(new Landing(Verdict.Failure, "pods \"bad\" is forbidden"), report.Cell("bad", "n").Landing);
    }

    [Fact]
    public async Task A_pod_on_a_node_that_is_not_described_is_unknown_and_a_DaemonSet_without_nodes_a_warning()
    {
        var report = await RunAsync([Pod("away", new Placement { NodeName = "n7" }), Pod("gone", new Placement { NodeName = "n8" }), Pod("ds", new Placement { IsDaemon = true, NodeSelector = Pairs("gpu=yes") })], [Node("n1")]);

        Assert.Equal([Verdict.Unknown, Verdict.Unknown, Verdict.Warning], report.PodGroups.Select(g => g.Verdict));
        Assert.Contains("n8", report.PodGroups[1].Nowhere!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_operating_system_is_refused_by_kubelet_and_not_by_the_scheduler()
    {
        var report = await RunAsync([Pod("win", new Placement { Os = "windows" })], [Node("n1"), Node("n2", "windows(10.0.20348)/amd64")]);

        var cell = report.Cell("win", "n1");
        Assert.Equal((Verdict.Ok, Verdict.Failure), (cell.Landing.Verdict, cell.Verdict));
        Assert.Equal(new PodEvent(TimeSpan.Zero, "Warning", "PodOSNotSupported", "kubelet", "Failed to admit pod as the OS field doesn't match node OS"), Assert.Single(cell.Outcome!.Events));
        Assert.Equal(Verdict.Ok, report.Cell("win", "n2").Verdict);
        Assert.Equal(Verdict.Failure, report.Verdict);
    }

    [Fact]
    public async Task A_bound_pod_that_fits_its_node_no_more_is_refused_by_kubelet()
    {
        var nodes = new[] { Node("n1", "linux/amd64", "1.28"), Node("n2", "linux/amd64", "1.35", "x:NoExecute"), Node("n3", "linux/amd64", "1.35", "x:NoSchedule") };
        var report = await RunAsync(
            [Pod("a", new Placement { NodeName = "n1", NodeSelector = Pairs("disk=ssd") }), Pod("b", new Placement { NodeName = "n2" }), Pod("c", new Placement { NodeName = "n3" })], nodes);

        Assert.Equal(("NodeAffinity", "Predicate NodeAffinity failed"), Said("a", "n1"));
        Assert.Equal(("TaintToleration", "Predicate TaintToleration failed: node(s) had untolerated taint(s)"), Said("b", "n2"));
        Assert.Equal(Verdict.Ok, report.Cell("c", "n3").Verdict);

        (string, string) Said(string pod, string node) => report.Cell(pod, node).Outcome!.Events[0] is var e ? (e.Reason, e.Message) : default;
    }

    [Fact]
    public async Task Static_pods_of_nodes_are_on_theirs_whatever_the_taints()
    {
        var etcd = Pod("etcd") with { IsStatic = true };
        var nodes = new[] { Node("cp", "linux/amd64", null, "control-plane:NoSchedule") with { StaticPods = [etcd] }, Node("w1"), Node("w2") };

        var report = await RunAsync([Pod("web")], nodes);

        Assert.NotNull(report.Cell("etcd", "cp").Outcome);
        Assert.Null(report.Cell("etcd", "w1").Outcome);
        Assert.Null(report.Cell("web", "cp").Outcome);
        Assert.Equal(Verdict.Ok, report.Verdict);
    }
}
