using static Viaduct.Simulation.Tests.ClusterParts;

namespace Viaduct.Simulation.Tests;

public class ClusterRemarkTests
{
    [Fact]
    public async Task A_pod_that_starts_on_some_architectures_only_is_told_how_to_stay_there()
    {
        var nodes = new[] { Node("n1"), Node("n2", "linux/arm64") };
        var pods = new[] { Pod("torn"), Pod("kept", new Placement { NodeSelector = Pairs("kubernetes.io/arch=amd64") }) };

        var report = await RunAsync(pods, nodes, (_, n) => n.Name == "n1" ? Verdict.Ok : Verdict.Failure);

        var remark = Assert.Single(report.Remarks);
        Assert.Contains("so default/torn can come to architectures", remark.Text, StringComparison.Ordinal);
        Assert.Equal([Verdict.Failure, Verdict.Ok], report.PodGroups.Select(g => g.Verdict));
    }

    [Fact]
    public async Task A_pull_secret_that_nobody_uses_is_remarked_on()
    {
        var used = new PullSecret("default", "used", "kubernetes.io/dockerconfigjson", "s.yaml:1:1");
        var objects = new ClusterObjects { Pods = [Pod("a")], Secrets = [used, used with { Name = "idle" }, used with { Name = "tls", Type = "kubernetes.io/tls" }] };

        var report = await RunAsync(objects, [Node("n")], admit: p => Admit(p) with { Identity = new PodIdentity("default", [used], [], null) });

        Assert.Equal("secret default/idle: no pod uses it, neither by its own imagePullSecrets nor by its service account's", Assert.Single(report.Remarks).Text);
        Assert.Equal(Verdict.Ok, report.Verdict);
    }

    [Fact]
    public async Task Where_it_is_not_known_whether_pods_come_a_failure_is_unknown_unless_they_fail_everywhere()
    {
        var gpu = Pod("gpu", new Placement { Unknowns = ["it asks for nvidia.com/gpu"] });
        var nodes = new[] { Node("n1"), Node("n2", "linux/arm64") };

        var torn = await RunAsync([gpu], nodes, (_, n) => n.Name == "n1" ? Verdict.Ok : Verdict.Failure);
        var failing = await RunAsync([gpu], nodes, (_, _) => Verdict.Failure);
        var fine = await RunAsync([gpu], nodes);

        Assert.Equal([Verdict.Unknown, Verdict.Failure, Verdict.Ok], new[] { torn, failing, fine }.Select(r => r.Verdict));
    }

    [Theory]
    [InlineData(8, 0)]
    [InlineData(9, 2)]
    public async Task More_pulls_at_once_than_kubelet_lets_through_are_told_by_node(int bound, int nodes)
    {
        var etcd = Pod("etcd") with { IsStatic = true };
        var pods = new[] { "n1", "n2" }.SelectMany(n => Enumerable.Range(0, bound).Select(i => Pod($"{n}-{i}", new Placement { NodeName = n })));

        var report = await RunAsync([.. pods, Pod("agent", new Placement { IsDaemon = true }), Pod("free")], [Node("n1") with { StaticPods = [etcd] }, Node("n2") with { StaticPods = [etcd] }, Node("n3")]);

        Assert.Equal(nodes == 0 ? [] : ["n1, n2"], report.Remarks.Select(r => r.Where));
        Assert.All(report.Remarks, r => Assert.Contains("11 images are asked for at once", r.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_input_says_stays_and_counts()
    {
        var objects = new ClusterObjects { Pods = [Pod("a")], Remarks = [new ObjectRemark(Verdict.Unknown, "x.yaml:1:1", "not looked into")] };

        var report = await RunAsync(objects, [Node("n")]);

        Assert.Equal(objects.Remarks, report.Remarks);
        Assert.Equal(Verdict.Unknown, report.Verdict);
    }

    [Fact]
    public async Task Nothing_is_ok_and_pods_without_nodes_are_unknown()
    {
        Assert.Equal(Verdict.Ok, (await RunAsync([], [Node("n")])).Verdict);
        Assert.Equal(Verdict.Unknown, (await RunAsync([Pod("a")], [])).Verdict);
    }
}
