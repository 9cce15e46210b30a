using Viaduct.Oci;
using Viaduct.Simulation;
using Viaduct.Verification;

namespace Viaduct.Tests;

public sealed class NodeKindsTests
{
    [Fact]
    public void A_kind_is_called_by_what_tells_it_from_the_others()
    {
        var arm = Platform.Parse("linux/arm64");
        Node[] nodes =
        [
            new("a", Platform.Parse("linux/amd64")), new("b", arm), new("c", arm), new("d", arm) { Runtime = Runtimes.Parse("containerd 2.0") },
            new("e", arm) { Runtime = Runtimes.Parse("containerd 2.0") }, new("f", Platform.Parse("linux/s390x")), new("g", Platform.Parse("linux/s390x")),
        ];
        var kinds = NodeKinds.Of(nodes);
        Assert.Equal(["a", "linux/arm64 containerd 2.1 x2", "linux/arm64 containerd 2.0 x2", "linux/s390x x2"], kinds.First.Select(kinds.LabelOf));
        Assert.Equal(2, kinds.CountOf(nodes[4]));
    }

    [Fact]
    public void Kinds_that_neither_platform_nor_runtime_tells_apart_are_called_by_their_first_node()
    {
        var arm = Platform.Parse("linux/arm64");
        var kinds = NodeKinds.Of([new("a", arm), new("b", arm), new("c", arm) { Runs32Bit = false }, new("d", arm) { Runs32Bit = false }]);
        Assert.Equal(["a and alike x2", "c and alike x2"], kinds.First.Select(kinds.LabelOf));
    }

    [Fact]
    public void Nodes_are_told_in_the_order_in_which_they_were_described()
    {
        var (arm, amd64) = (Platform.Parse("linux/arm64"), Platform.Parse("linux/amd64"));
        var kinds = NodeKinds.Of([new("a", arm), new("b", amd64), new("c", arm)]);
        SimulatedPull[] pulls = [.. kinds.First.Select(n => new SimulatedPull { Node = n, Verdict = Verdict.Ok })];
        Assert.Equal([("a", arm), ("b", amd64), ("c", arm)], kinds.Spread(pulls).Select(p => (p.Name, p.Pull.Node.Platform)));
        Assert.Equal(["a", "b"], NodeKinds.None.Spread(pulls).Select(p => p.Name));
        Assert.Empty(kinds.Spread([]));
    }

    [Fact]
    public void Pairs_of_one_platform_are_called_by_their_runtimes_too()
    {
        var (old, older, fresh) = (Runtimes.Parse("containerd 2.0"), Runtimes.Parse("containerd 1.7"), Runtimes.Parse("containerd 2.1"));
        Node[] now = [.. new (string, Runtime)[] { ("a", old), ("b", old), ("c", older), ("d", older) }.Select(n => new Node(n.Item1, Platform.Parse("linux/arm64")) { Runtime = n.Item2 })];
        Assert.Equal(["linux/arm64 containerd 2.0 x2", "linux/arm64 containerd 1.7 x2"], NodePairs.Of(now, [.. now.Select(n => n with { Runtime = fresh })]).Pairs.Select(p => p.Label));
    }

    [Fact]
    public void Pairs_are_as_many_as_there_are_kinds_of_changes()
    {
        var (old, fresh) = (Runtimes.Parse("containerd 2.0"), Runtimes.Parse("containerd 2.1"));
        Node Make(string name, Runtime runtime) => new(name, Platform.Parse("linux/arm64")) { Runtime = runtime };
        var pairs = NodePairs.Of([Make("a", old), Make("b", old), Make("c", old), Make("gone", old)], [Make("c", old), Make("b", fresh), Make("a", fresh), Make("new", fresh)]);
        Assert.Equal([("linux/arm64 x2", "a b"), ("c", "c")], pairs.Pairs.Select(p => (p.Label, string.Join(' ', p.Names))));
        Assert.Equal((3, "gone", "new"), (pairs.Count, Assert.Single(pairs.OnlyBefore), Assert.Single(pairs.OnlyAfter)));
    }
}
