using static Viaduct.Simulation.Tests.ClusterParts;

namespace Viaduct.Simulation.Tests;

public class SchedulingTests
{
    [Fact]
    public void Who_names_the_node_gets_there_past_cordons_and_taints_and_nowhere_else()
    {
        var pod = Pod("a", new Placement { NodeName = "n1" });

        Assert.Equal(new Landing(Verdict.Ok), Scheduling.Of(pod, Node("n1", "linux/arm64", null, "dedicated=db:NoSchedule") with { Unschedulable = true }));
        Assert.Equal(new Landing(Verdict.Failure, "node(s) didn't match the requested node name"), Scheduling.Of(pod, Node("n2")));
    }

    [Theory]
    [InlineData("disk=ssd", true)]
    [InlineData("disk=hdd", false)]
    [InlineData("zone=a", false)]
    [InlineData("disk=", false)]
    [InlineData("kubernetes.io/arch=amd64", true)]
    [InlineData("kubernetes.io/arch=arm64", false)]
    [InlineData("kubernetes.io/os=linux", true)]
    [InlineData("kubernetes.io/hostname=n1", true)]
    [InlineData("kubernetes.io/hostname=n2", false)]
    public void A_nodeSelector_wants_labels_as_they_are(string selector, bool fits)
    {
        var landing = Scheduling.Of(Pod("a", new Placement { NodeSelector = Pairs(selector) }), Node("n1").With("disk=ssd"));

        Assert.Equal(fits ? new Landing(Verdict.Ok) : new Landing(Verdict.Failure, "node(s) didn't match Pod's node affinity/selector"), landing);
    }

    [Theory]
    [InlineData("In", "ssd,nvme", true)]
    [InlineData("In", "hdd", false)]
    [InlineData("In", "", false)]
    [InlineData("NotIn", "hdd", true)]
    [InlineData("NotIn", "ssd", false)]
    [InlineData("Exists", "", true)]
    [InlineData("DoesNotExist", "", false)]
    [InlineData("Gt", "5", false)]
    [InlineData("Lt", "5", false)]
    [InlineData("in", "ssd", false)]
    public void Affinity_compares_a_label_by_each_operator(string op, string values, bool fits) => Assert.Equal(fits, Fits(Label("disk", op, Split(values))));

    [Theory]
    [InlineData("In", "x", false)]
    [InlineData("NotIn", "x", true)]
    [InlineData("Exists", "", false)]
    [InlineData("DoesNotExist", "", true)]
    [InlineData("Gt", "1", false)]
    [InlineData("Lt", "1", false)]
    public void A_label_that_is_not_there_matches_only_what_asks_for_that(string op, string values, bool fits) => Assert.Equal(fits, Fits(Label("gpu", op, Split(values))));

    [Theory]
    [InlineData("Gt", "7", true)]
    [InlineData("Gt", "8", false)]
    [InlineData("Gt", "-9", true)]
    [InlineData("Lt", "9", true)]
    [InlineData("Lt", "8", false)]
    [InlineData("Gt", "seven", false)]
    [InlineData("Gt", "7.5", false)]
    [InlineData("Gt", "1,2", false)]
    [InlineData("Gt", "99999999999999999999", false)]
    public void Gt_and_Lt_compare_whole_numbers(string op, string values, bool fits) => Assert.Equal(fits, Fits(Label("cpus", op, Split(values))));

    [Fact]
    public void All_of_a_term_and_one_of_the_terms_has_to_match()
    {
        Assert.False(Fits(Label("disk", "In", "ssd"), Label("cpus", "Gt", "8")));
        Assert.True(Lands(new Placement { Required = [Labels(Label("disk", "In", "hdd")), Labels(Label("cpus", "Exists"))] }));
        Assert.True(Lands(new Placement { Required = [Names("In", "n1")] }));
        Assert.False(Lands(new Placement { Required = [Names("NotIn", "n1")] }));
        Assert.False(Lands(new Placement { Required = [new NodeTerm([Label("disk", "Exists")], [new NodeRequirement("metadata.name", "In", ["n2"])])] }));
        Assert.False(Lands(new Placement { Required = [new NodeTerm([], [new NodeRequirement("metadata.uid", "In", ["n1"])])] }));
    }

    [Fact]
    public void Terms_without_anything_and_lists_without_terms_match_no_node()
    {
        Assert.False(Lands(new Placement { Required = [] }));
        Assert.False(Lands(new Placement { Required = [Labels()] }));
        Assert.True(Lands(new Placement { Required = [Labels(), Labels(Label("disk", "Exists"))] }));
    }

    [Fact]
    public void Selector_and_affinity_have_to_match_both() =>
        Assert.False(Lands(new Placement { NodeSelector = Pairs("disk=hdd"), Required = [Labels(Label("disk", "In", "ssd"))] }));

    [Fact]
    public void What_is_not_known_makes_a_node_that_fits_unknown_and_no_other()
    {
        var placement = new Placement { Unknowns = ["it asks for nvidia.com/gpu", "schedulerName is volcano"], NodeSelector = Pairs("disk=ssd") };

        Assert.Equal(new Landing(Verdict.Unknown, "it asks for nvidia.com/gpu; schedulerName is volcano"), Scheduling.Of(Pod("a", placement), Node("n1").With("disk=ssd")));
        Assert.Equal(Verdict.Failure, Scheduling.Of(Pod("a", placement), Node("n1")).Verdict);
    }

    [Fact]
    public void A_static_pod_is_on_the_nodes_whose_folder_it_is_in()
    {
        var pod = Pod("etcd") with { IsStatic = true };

        Assert.Equal(Verdict.Ok, Scheduling.Of(pod, Node("n1", "linux/amd64", null, "control-plane:NoSchedule") with { StaticPods = [pod] }).Verdict);
        Assert.Equal(Verdict.Failure, Scheduling.Of(pod, Node("n2") with { StaticPods = [pod with { Name = "other" }] }).Verdict);
    }

    private static bool Fits(params NodeRequirement[] labels) => Lands(new Placement { Required = [Labels(labels)] });

    private static bool Lands(Placement placement) => Scheduling.Of(Pod("a", placement), Node("n1").With("disk=ssd", "cpus=8")).Verdict == Verdict.Ok;

    private static string[] Split(string values) => values.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
