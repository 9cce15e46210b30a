using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

public sealed class NodeSetsTests
{
    [Theory]
    [InlineData("eks:1.31", "al2023 arm64", "containerd 1.7")]
    [InlineData("eks:1.33", "al2023 arm64", "containerd 2.1 local")]
    [InlineData("eks:1.33", "bottlerocket arm64", "containerd 2.0")]
    [InlineData("eks:1.34", "bottlerocket amd64", "containerd 2.1")]
    [InlineData("eks:1.33", "windows-2022 amd64", "containerd 1.7")]
    [InlineData("gke:1.32", "cos amd64", "containerd 1.7")]
    [InlineData("gke:1.33", "cos arm64", "containerd 2.0")]
    [InlineData("gke:1.34", "cos arm64", "containerd 2.1")]
    [InlineData("gke:1.35", "windows-2019 amd64", "containerd 2.0")]
    [InlineData("aks:1.34", "ubuntu arm64", "containerd 1.7")]
    [InlineData("aks:1.35", "ubuntu arm64", "containerd 2.3")]
    [InlineData("aks:1.33", "windows-2025 amd64", "containerd 2.0")]
    [InlineData("k3s-raspberry-pi:1.32", "arm", "containerd 2.0")]
    [InlineData("k3s-raspberry-pi:v1.34.9+k3s1", "arm64", "containerd 2.2 local")]
    public void Providers_nodes_have_the_runtime_that_their_version_ships(string set, string kind, string runtime)
    {
        var version = KubernetesText.MinorOf(set.Split(':')[1])!;
        var name = $"{set.Split(':')[0]}-{version}-{kind.Replace(' ', '-')}";
        var node = Assert.Single(NodeSets.Read(set).Nodes, n => n.Name == name);
        Assert.Equal((Runtimes.Parse(runtime), version), (node.Runtime, node.KubernetesVersion));
    }

    [Fact]
    public void Every_version_of_every_set_has_nodes_with_names_of_their_own()
    {
        foreach (var set in NodeSets.All)
            foreach (var text in set.Versions.Select(v => $"{set.Name}:{v}").Append(set.Name))
            {
                var list = NodeSets.Read(text);
                Assert.True(list.Nodes.Count >= 2, text);
                Assert.Equal(list.Nodes.Count, list.Nodes.Select(n => n.Name).Distinct().Count());
                Assert.All(list.Nodes, n => Assert.True(KnownPlatforms.Contains(n.Platform) && n.Runtime.RunsPods, n.Name));
                Assert.All(list.Nodes.Where(n => n.Platform.Os == "windows"), n => Assert.StartsWith("10.0.", n.Platform.OsVersion, StringComparison.Ordinal));
            }
    }

    [Fact]
    public void Every_providers_version_has_linux_on_amd64_or_arm64_and_on_arm64()
    {
        foreach (var set in NodeSets.All.Where(s => s.Versions.Count > 0))
            foreach (var version in set.Versions)
            {
                var platforms = NodeSets.Read($"{set.Name}:{version}").Nodes.Select(n => n.Platform.ToString()).ToHashSet();
                Assert.Contains("linux/arm64", platforms);
                Assert.Contains(set.Name == "k3s-raspberry-pi" ? "linux/arm/v7" : "linux/amd64", platforms);
                Assert.DoesNotContain("linux/arm/v6", platforms);
            }
    }

    [Fact]
    public void Every_line_of_the_tables_names_where_it_was_read_and_no_kind_stands_twice_for_a_version()
    {
        foreach (var (set, lines) in NodeSets.AllTables)
        {
            Assert.All(lines, l => Assert.NotEmpty(l.Sources));
            Assert.All(lines.SelectMany(l => l.Sources), s => Assert.Equal(Uri.UriSchemeHttps, new Uri(s).Scheme));
            var kinds = lines.SelectMany(l => Enumerable.Range(l.From, l.To - l.From + 1).Select(m => (l.Name, m))).ToList();
            Assert.True(kinds.Count == kinds.Distinct().Count(), set);
        }
    }

    [Fact]
    public void All_is_every_architecture_that_images_are_built_for()
    {
        var has = NodeSets.Read("all").Nodes.Select(n => n.Platform).ToList();
        string[] go = ["386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle", "ppc64", "ppc64le", "riscv64", "s390x"];
        Assert.All(go, a => Assert.True(KnownPlatforms.Contains(new Platform("linux", a)), a));
        Assert.Equal(go.Except(["mips", "mips64", "mipsle", "ppc64"]), has.Where(p => p.Os == "linux").Select(p => p.Architecture).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["v5", "v6", "v7"], has.Where(p => p.Architecture == "arm").Select(p => p.Variant).Order());
        Assert.Equal(3, has.Count(p => p.Os == "windows"));
    }

    [Fact]
    public void Without_a_version_the_newest_is_meant() =>
        Assert.Equal(NodeText.Lines(NodeSets.Read("eks:1.36")), NodeText.Lines(NodeSets.Read("eks")));

    [Theory]
    [InlineData("ek", "VIA6013: 'ek' is neither a file nor a ready-made set of nodes\n  Did you mean 'eks'?")]
    [InlineData("openshift:4.20", "VIA6013: 'openshift:4.20' is neither a file nor a ready-made set of nodes\n  The sets are all, kubernetes, eks, gke, aks, k3s-raspberry-pi, windows-mixed.")]
    [InlineData("eks:1.20", "VIA6014: the set 'eks' does not know Kubernetes '1.20'\n  It knows 1.30, 1.31, 1.32, 1.33, 1.34, 1.35, 1.36; 'eks' alone is 1.36.")]
    [InlineData("eks:", "VIA6014: the set 'eks' does not know Kubernetes ''\n  It knows 1.30, 1.31, 1.32, 1.33, 1.34, 1.35, 1.36; 'eks' alone is 1.36.")]
    [InlineData("all:1.33", "VIA6014: the set 'all' has no versions\n  Write 'all'.")]
    public void An_unknown_set_or_version_is_refused_with_those_that_are_known(string text, string expected) =>
        Assert.Equal(expected, Assert.Throws<ViaductException>(() => NodeSets.Read(text)).Render());
}
