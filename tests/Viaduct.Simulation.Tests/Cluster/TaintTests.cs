using static Viaduct.Simulation.Tests.ClusterParts;

namespace Viaduct.Simulation.Tests;

public class TaintTests
{
    [Theory]
    [InlineData("db=yes:NoSchedule", "db", "Equal", "yes", "NoSchedule", true)]
    [InlineData("db=yes:NoSchedule", "db", "", "yes", "", true)]
    [InlineData("db=yes:NoSchedule", "db", "", "no", "", false)]
    [InlineData("db=yes:NoSchedule", "db", "Exists", "", "", true)]
    [InlineData("db=yes:NoSchedule", "db", "Exists", "", "NoExecute", false)]
    [InlineData("db=yes:NoExecute", "db", "Exists", "", "NoExecute", true)]
    [InlineData("db=yes:NoExecute", "db", "Exists", "", "NoSchedule", false)]
    [InlineData("db=yes:NoSchedule", "", "Exists", "", "", true)]
    [InlineData("db=yes:NoSchedule", "", "Exists", "", "NoExecute", false)]
    [InlineData("db=yes:NoSchedule", "web", "Exists", "", "", false)]
    [InlineData("db:NoSchedule", "db", "Equal", "", "", true)]
    [InlineData("db=5:NoSchedule", "db", "Gt", "3", "", false)]
    [InlineData("db=yes:NoSchedule", "db", "exists", "", "", false)]
    public void A_toleration_tolerates_by_key_operator_value_and_effect(string taint, string key, string op, string value, string effect, bool lands) =>
        Assert.Equal(lands, Lands(new Placement { Tolerations = [Toleration(key, op, value, effect)] }, taint));

    [Theory]
    [InlineData("db=yes:NoSchedule", false)]
    [InlineData("db=yes:NoExecute", false)]
    [InlineData("db=yes:PreferNoSchedule", true)]
    [InlineData("node.kubernetes.io/not-ready:NoExecute", true)]
    [InlineData("node.kubernetes.io/unreachable:NoExecute", true)]
    [InlineData("node.kubernetes.io/not-ready:NoSchedule", false)]
    [InlineData("node.kubernetes.io/disk-pressure:NoSchedule", false)]
    public void A_pod_without_tolerations_has_those_that_admission_adds(string taint, bool lands) => Assert.Equal(lands, Lands(Placement.Anywhere, taint));

    [Theory]
    [InlineData("node.kubernetes.io/not-ready:NoExecute", Verdict.Ok)]
    [InlineData("node.kubernetes.io/unreachable:NoExecute", Verdict.Ok)]
    [InlineData("node.kubernetes.io/disk-pressure:NoSchedule", Verdict.Ok)]
    [InlineData("node.kubernetes.io/memory-pressure:NoSchedule", Verdict.Ok)]
    [InlineData("node.kubernetes.io/pid-pressure:NoSchedule", Verdict.Ok)]
    [InlineData("node.kubernetes.io/unschedulable:NoSchedule", Verdict.Ok)]
    [InlineData("node.kubernetes.io/network-unavailable:NoSchedule", Verdict.Failure)]
    [InlineData("node-role.kubernetes.io/control-plane:NoSchedule", Verdict.Failure)]
    public void A_DaemonSets_pods_tolerate_more(string taint, Verdict expected) =>
        Assert.Equal(expected, Scheduling.Of(Pod("a", new Placement { IsDaemon = true }), Node("n", "linux/amd64", null, taint)).Verdict);

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public void A_node_without_network_takes_a_DaemonSets_pods_of_its_own_network(bool isDaemon, bool hostNetwork, bool lands) =>
        Assert.Equal(lands, Lands(new Placement { IsDaemon = isDaemon, HostNetwork = hostNetwork }, "node.kubernetes.io/network-unavailable:NoSchedule"));

    [Fact]
    public void A_cordoned_node_takes_only_who_tolerates_its_taint()
    {
        var node = Node("n") with { Unschedulable = true };

        Assert.Equal(new Landing(Verdict.Failure, "node(s) were unschedulable"), Scheduling.Of(Pod("a"), node));
        Assert.Equal(Verdict.Ok, Scheduling.Of(Pod("a", new Placement { IsDaemon = true }), node).Verdict);
        Assert.Equal(Verdict.Ok, Scheduling.Of(Pod("a", new Placement { Tolerations = [Toleration("node.kubernetes.io/unschedulable", "Exists")] }), node).Verdict);
    }

    [Fact]
    public void Taints_speak_before_labels_and_the_first_of_them_alone()
    {
        var landing = Scheduling.Of(Pod("a", new Placement { NodeSelector = Pairs("disk=ssd") }), Node("n", "linux/amd64", null, "a:PreferNoSchedule", "b=c:NoSchedule", "d:NoExecute"));

        Assert.Equal("node(s) had untolerated taint {b: c}", landing.Why);
    }

    private static bool Lands(Placement placement, string taint) => Scheduling.Of(Pod("a", placement), Node("n", "linux/amd64", null, taint)).Verdict == Verdict.Ok;
}
