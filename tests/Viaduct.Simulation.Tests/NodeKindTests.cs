using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

public sealed class NodeKindTests
{
    private static readonly Node Plain = new("a", Platform.Parse("linux/arm64")) { Emulates = ["arm", "386"], KubernetesVersion = "1.34", Runs32Bit = true };

    [Fact]
    public void Nodes_of_other_names_are_of_one_kind()
    {
        var other = new Node("b", Platform.Parse("linux/arm64")) { Emulates = ["386", "arm"], KubernetesVersion = "1.34", Runs32Bit = true };
        Assert.True(Node.SameKind.Equals(Plain, other));
        Assert.Equal(Node.SameKind.GetHashCode(Plain), Node.SameKind.GetHashCode(other));
    }

    public static TheoryData<Node> Others =>
    [
        Plain with { Runtime = Runtimes.Parse("containerd 1.7") },
        Plain with { Runtime = Runtimes.Parse("containerd 2.1 local") },
        Plain with { Emulates = ["arm"] },
        Plain with { KubernetesVersion = "1.33" },
        Plain with { Runs32Bit = null },
        Plain with { Platform = Platform.Parse("linux/arm64/v9") },
        Plain with { Platform = Platform.Parse("linux(1)/arm64") },
    ];

    [Theory]
    [MemberData(nameof(Others))]
    public void All_that_decides_a_pull_makes_another_kind(Node other) => Assert.False(Node.SameKind.Equals(Plain, other));

    [Fact]
    public void Thousands_of_nodes_are_a_few_kinds_in_the_order_of_their_first()
    {
        var list = NodeText.Read("- {platform: linux/arm64, count: 3000}\n- {platform: linux/amd64, count: 2000}\n- linux/arm64\n");
        Assert.Equal([("linux/arm64", 3001), ("linux/amd64", 2000)], list.Kinds.Select(k => (k.Key.Name, k.Count())));
    }
}
