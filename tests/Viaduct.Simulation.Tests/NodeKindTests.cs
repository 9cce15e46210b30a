using System.Reflection;
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

    private static readonly KubeletSetup Set = KubeletSetup.Default with
    {
        Home = "/root", Files = new Dictionary<string, NodeFileText> { ["/a"] = new("{}", "nodes.yaml:1:1"), ["/b"] = new(null, "nodes.yaml:2:1") },
        FeatureGates = new Dictionary<string, bool> { ["A"] = true }, Allowlist = ["r.io/a"], Images = [new(["r.io/a:1", "r.io/b:1"]) { Id = "sha256:1" }],
        Providers = new([Provider("p")]), InTreeAnswers = new Dictionary<string, string> { ["ecr"] = "{}" },
    };

    [Fact]
    public void Kubelets_that_are_set_alike_are_of_one_kind_whatever_objects_say_so()
    {
        var other = Set with
        {
            Files = new Dictionary<string, NodeFileText> { ["/b"] = new(null, "nodes.yaml:7:1"), ["/a"] = new("{}", "nodes.yaml:8:1") },
            FeatureGates = new Dictionary<string, bool> { ["A"] = true }, Allowlist = ["r.io/a"], Images = [new(["r.io/a:1", "r.io/b:1"]) { Id = "sha256:1" }],
            Providers = new([Provider("p")]), InTreeAnswers = new Dictionary<string, string> { ["ecr"] = "{}" },
        };
        var (one, two) = (Plain with { Kubelet = Set }, Plain with { Name = "b", Kubelet = other, Labels = new Dictionary<string, string> { ["a"] = "b" }, Taints = [new("a", "", "NoExecute")] });
        Assert.True(Node.SameKubelet.Equals(one, two));
        Assert.Equal(Node.SameKubelet.GetHashCode(one), Node.SameKubelet.GetHashCode(two));
    }

    [Fact]
    public void A_kubelet_of_which_nothing_is_told_is_set_as_by_default()
    {
        Assert.True(Node.SameKubelet.Equals(Plain, Plain with { Kubelet = new KubeletSetup() }));
        Assert.Equal(Node.SameKubelet.GetHashCode(Plain), Node.SameKubelet.GetHashCode(Plain with { Kubelet = new KubeletSetup() }));
    }

    public static TheoryData<KubeletSetup> OtherSetups =>
    [
        KubeletSetup.Default,
        Set with { RootDir = "/data" },
        Set with { WorkingDirectory = "/srv" },
        Set with { Home = null },
        Set with { Files = new Dictionary<string, NodeFileText>() },
        Set with { Files = new Dictionary<string, NodeFileText> { ["/a"] = new("{ }", "nodes.yaml:1:1"), ["/b"] = new(null, "nodes.yaml:2:1") } },
        Set with { Files = new Dictionary<string, NodeFileText> { ["/a"] = new("{}", "nodes.yaml:1:1"), ["/c"] = new(null, "nodes.yaml:2:1") } },
        Set with { Providers = null },
        Set with { Providers = new([Provider("q")]) },
        Set with { Providers = new([Provider("p") with { CannedAnswer = "{}" }]) },
        Set with { Providers = new([Provider("p") with { Args = ["a"] }]) },
        Set with { Providers = new([Provider("p") with { Env = new Dictionary<string, string> { ["a"] = "b" } }]) },
        Set with { Providers = new([Provider("p") with { Tokens = new("a", "Token", true) }]) },
        Set with { Providers = new([Provider("p"), Provider("q")]) },
        Set with { Providers = new([Provider("p")]) { Refusal = "no" } },
        Set with { Cloud = "aws" },
        Set with { InTreeAnswers = new Dictionary<string, string> { ["ecr"] = "{ }" } },
        Set with { FeatureGates = new Dictionary<string, bool> { ["A"] = false } },
        Set with { VerificationPolicy = "AlwaysVerify" },
        Set with { Allowlist = ["r.io/b"] },
        Set with { SerializeImagePulls = true },
        Set with { MaxParallelImagePulls = 2 },
        Set with { RegistryPullQps = 6 },
        Set with { RegistryBurst = 11 },
        Set with { SandboxImage = "r.io/pause:1" },
        Set with { KnowsAllImages = false },
        Set with { Images = [] },
        Set with { Images = [new(["r.io/a:1"]) { Id = "sha256:1" }] },
        Set with { Images = [new(["r.io/a:1", "r.io/b:1"])] },
        Set with { Images = [new(["r.io/a:1", "r.io/b:1"]) { Id = "sha256:1", Origin = ImageOrigin.Node }] },
        Set with { Images = [new(["r.io/a:1", "r.io/b:1"]) { Id = "sha256:1", PulledWith = "a/b" }] },
    ];

    [Theory]
    [MemberData(nameof(OtherSetups))]
    public void All_that_decides_what_kubelet_does_makes_another_kind_but_not_of_selection(KubeletSetup other)
    {
        Assert.False(Node.SameKubelet.Equals(Plain with { Kubelet = Set }, Plain with { Kubelet = other }));
        Assert.True(Node.SameKind.Equals(Plain with { Kubelet = Set }, Plain with { Kubelet = other }));
    }

    [Fact]
    public void Every_property_of_a_setup_is_compared() => Assert.Equal(17, typeof(KubeletSetup).GetProperties(BindingFlags.Public | BindingFlags.Instance).Length);

    [Fact]
    public void Thousands_of_nodes_are_a_few_kinds_in_the_order_of_their_first()
    {
        var list = NodeText.Read("- {platform: linux/arm64, count: 3000}\n- {platform: linux/amd64, count: 2000}\n- linux/arm64\n");
        Assert.Equal([("linux/arm64", 3001), ("linux/amd64", 2000)], list.Kinds.Select(k => (k.Key.Name, k.Count())));
    }

    private static CredentialProvider Provider(string name) => new(name, ["*.r.io"]) { ApiVersion = "v1", DefaultCacheDuration = TimeSpan.FromHours(1) };
}
