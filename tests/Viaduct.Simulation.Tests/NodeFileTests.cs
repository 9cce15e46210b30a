using CsCheck;
using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

public sealed class NodeFileTests
{
    [Fact]
    public void Three_lines_suffice() => Assert.Equal(
        """
        linux/amd64 | linux/amd64 | containerd 2.1
        linux/arm64 | linux/arm64 | containerd 2.1
        linux/arm/v7 | linux/arm/v7 | containerd 1.7
        """,
        NodeText.Lines(NodeText.Read("- linux/amd64\n- linux/arm64\n- {platform: linux/arm/v7, runtime: containerd 1.7}\n")));

    [Theory]
    [InlineData("- linux/arm64", "linux/arm64 | linux/arm64 | containerd 2.1")]
    [InlineData("nodes: [linux/arm64]", "linux/arm64 | linux/arm64 | containerd 2.1")]
    [InlineData("[linux/arm64]", "linux/arm64 | linux/arm64 | containerd 2.1")]
    [InlineData("- windows(10.0.20348)/amd64", "windows(10.0.20348)/amd64 | windows(10.0.20348)/amd64 | containerd 2.1")]
    [InlineData("- {platform: linux/amd64, name: edge}", "edge | linux/amd64 | containerd 2.1")]
    [InlineData("- {platform: linux/amd64, runtime: containerd://1.7.27}", "linux/amd64 | linux/amd64 | containerd 1.7")]
    [InlineData("- {platform: linux/amd64, runtime: containerd 2.1 local}", "linux/amd64 | linux/amd64 | containerd 2.1 (use_local_image_pull)")]
    [InlineData("- {platform: linux/amd64, runtime: docker 28 store}", "linux/amd64 | linux/amd64 | docker 28 (containerd store)")]
    [InlineData("- {platform: linux/amd64, kubernetes: 1.30}", "linux/amd64 | linux/amd64 | containerd 2.1 | 1.30")]
    [InlineData("- {platform: linux/amd64, kubernetes: v1.33.5+k3s1}", "linux/amd64 | linux/amd64 | containerd 2.1 | 1.33")]
    [InlineData("- {platform: linux/arm64, runs32bit: true}", "linux/arm64 | linux/arm64 | containerd 2.1 | True")]
    [InlineData("- {platform: linux/arm64, runs32bit: }", "linux/arm64 | linux/arm64 | containerd 2.1")]
    [InlineData("- {platform: linux/amd64, emulates: [arm64, aarch64, s390x]}", "linux/amd64 | linux/amd64 | containerd 2.1 | arm64,s390x")]
    [InlineData("- {platform: linux/amd64, emulates: arm64}", "linux/amd64 | linux/amd64 | containerd 2.1 | arm64")]
    [InlineData("- {platform: linux/arm64, count: 2}", "linux/arm64 | linux/arm64 | containerd 2.1\nlinux/arm64 (2) | linux/arm64 | containerd 2.1")]
    [InlineData("- {platform: linux/arm64, count: 2, name: pi}", "pi-1 | linux/arm64 | containerd 2.1\npi-2 | linux/arm64 | containerd 2.1")]
    public void Entries_say_what_nodes_are(string text, string expected) => Assert.Equal(expected, NodeText.Lines(NodeText.Read(text)));

    [Fact]
    public void Names_are_unique_and_written_ones_stay() => Assert.Equal(
        ["linux/arm64 (3)", "linux/arm64", "linux/arm64 (2)", "linux/arm64 (4)"],
        NodeText.Read("- linux/arm64\n- {platform: linux/amd64, name: linux/arm64}\n- {platform: linux/amd64, name: linux/arm64 (2)}\n- linux/arm64\n").Nodes.Select(n => n.Name));

    [Theory]
    [InlineData("use_local_image_pull: true", true)]
    [InlineData("use_local_image_pull: false", false)]
    [InlineData("registry.mirrors: true", true)]
    [InlineData("registry.mirrors: {docker.io: {endpoint: ['https://mirror.example']}}", true)]
    [InlineData("registry.mirrors: {}", false)]
    [InlineData("registry.configs: true", true)]
    [InlineData("registry.auths: true", true)]
    [InlineData("registry.auths: false", false)]
    [InlineData("max_concurrent_downloads: 3", false)]
    [InlineData("max_concurrent_downloads: 10", true)]
    [InlineData("discard_unpacked_layers: true", true)]
    [InlineData("disable_snapshot_annotations: true", false)]
    [InlineData("disable_snapshot_annotations: false", true)]
    [InlineData("image_pull_with_sync_fs: true", true)]
    [InlineData("image_pull_with_sync_fs: ", false)]
    [InlineData("use_local_image_pull: false, discard_unpacked_layers: true", true)]
    public void Eight_keys_of_containerds_config_make_2_1_pull_locally(string keys, bool isLocal)
    {
        var expected = isLocal ? "containerd 2.1 (use_local_image_pull)" : "containerd 2.1";
        Assert.Equal(expected, Runtime($"- {{platform: linux/amd64, containerd: {{{keys}}}}}"));
        Assert.Equal(Runtimes.Parse(isLocal ? "containerd 2.3 local" : "containerd 2.3").ToString(), Runtime($"- {{platform: linux/amd64, runtime: containerd 2.3, containerd: {{{keys}}}}}"));
        Assert.Equal("containerd 1.7", Runtime($"- {{platform: linux/amd64, runtime: containerd 1.7, containerd: {{{keys}}}}}"));
    }

    [Fact]
    public void Snapshot_annotations_decide_on_Linux_alone() =>
        Assert.Equal("containerd 2.1", Runtime("- {platform: windows(10.0.20348)/amd64, containerd: {disable_snapshot_annotations: false}}"));

    [Fact]
    public void There_are_eight_such_keys() => Assert.Equal(8, ContainerdSwitches.Keys.Distinct().Count());

    [Theory]
    [InlineData("", "VIA6016: nodes.yaml: no node is described here")]
    [InlineData("[]", "VIA6016: nodes.yaml: no node is described here")]
    [InlineData("nodes:\n", "VIA6016: nodes.yaml:1:7: no node is described here")]
    [InlineData("linux/arm64", "VIA2005: nodes.yaml:1:1: 'the document' has to be a list of nodes")]
    [InlineData("nodes: linux/arm64", "VIA2005: nodes.yaml:1:8: 'nodes' has to be a list of nodes")]
    [InlineData("node: [linux/arm64]", "VIA2004: nodes.yaml:1:1: there is no key 'node' here\n  Did you mean 'nodes'?")]
    [InlineData("- [linux/arm64]", "VIA2005: nodes.yaml:1:3: 'a node' has to be a platform or a mapping")]
    [InlineData("- linux/arm64\n-\n", "VIA2005: nodes.yaml:2:2: 'a node' has to be a platform or a mapping")]
    [InlineData("- linux/amd46", "VIA6011: nodes.yaml:1:3: 'linux/amd46' is no platform that a node can have\n  Did you mean 'linux/amd64'?")]
    [InlineData("- arm64", "VIA6011: nodes.yaml:1:3: 'arm64' is no platform that a node can have\n  Platforms look like linux/amd64, linux/arm/v7, windows(10.0.20348)/amd64.")]
    [InlineData("- eks:1.33", "VIA6011: nodes.yaml:1:3: 'eks:1.33' is no platform that a node can have\n  A ready-made set is written as {set: eks:1.33}.")]
    [InlineData("- name: a", "VIA6010: nodes.yaml:1:3: 'platform' is missing: a node has to have one")]
    [InlineData("- platform: linux/amd64\n  runtme: podman", "VIA2004: nodes.yaml:2:3: there is no key 'runtme' here\n  Did you mean 'runtime'?")]
    [InlineData("- platform: linux/amd64\n  kubernetes: newest", "VIA6010: nodes.yaml:2:15: 'kubernetes' is no version: 'newest'\n  Write major and minor, for example 1.34.")]
    [InlineData("- platform: linux/amd64\n  runs32bit: yes", "VIA6010: nodes.yaml:2:14: 'runs32bit' has to be true or false")]
    [InlineData("- platform: linux/amd64\n  emulates: [arm64, vax]", "VIA6010: nodes.yaml:2:21: 'emulates' names no architecture: 'vax'\n  Write GOARCH words, for example [arm64, s390x].")]
    [InlineData("- {platform: linux/amd64, count: 0}", "VIA6010: nodes.yaml:1:34: 'count' has to be a number from 1 to 50000")]
    [InlineData("- {platform: linux/amd64, count: 50001}", "VIA6010: nodes.yaml:1:34: 'count' has to be a number from 1 to 50000")]
    [InlineData("- {platform: linux/amd64, name: ''}", "VIA6010: nodes.yaml:1:33: 'name' has to be 1 to 253 characters that can be shown")]
    [InlineData("- {platform: linux/amd64, name: \"a\\e[1m\"}", "VIA6010: nodes.yaml:1:33: 'name' has to be 1 to 253 characters that can be shown")]
    [InlineData("- {platform: linux/amd64, name: a}\n- {platform: linux/arm64, name: a}", "VIA6012: nodes.yaml:2:33: two nodes are called 'a'; the first is at nodes.yaml:1:33")]
    [InlineData("- {platform: linux/amd64, name: a, count: 2}\n- {platform: linux/arm64, name: a-2}", "VIA6012: nodes.yaml:2:33: two nodes are called 'a-2'; the first is at nodes.yaml:1:33")]
    [InlineData("- {platform: linux/amd64, count: 50000}\n- linux/arm64", "VIA6016: nodes.yaml:2:3: more nodes than 50000 are described")]
    [InlineData("- {platform: linux/amd64, runtime: cri-o, containerd: {}}", "VIA6010: nodes.yaml:1:55: 'containerd' says how containerd is set, and the node has cri-o")]
    [InlineData("- {platform: linux/amd64, containerd: {use_local_image_pul: true}}", "VIA2004: nodes.yaml:1:40: there is no key 'use_local_image_pul' here\n  Did you mean 'use_local_image_pull'?")]
    [InlineData("- {platform: linux/amd64, containerd: {max_concurrent_downloads: many}}", "VIA6010: nodes.yaml:1:66: 'max_concurrent_downloads' has to be a whole number")]
    [InlineData("- set: [eks]", "VIA2005: nodes.yaml:1:8: 'set' has to be the name of a ready-made set")]
    [InlineData("- set: ekks", "VIA6013: nodes.yaml:1:8: 'ekks' is neither a file nor a ready-made set of nodes\n  Did you mean 'eks'?")]
    [InlineData("- {set: eks, count: 2}", "VIA2004: nodes.yaml:1:14: there is no key 'count' here\n  The keys here are set.")]
    [InlineData("apiVersion: v1\nkind: List\nitems: []", "VIA6015: nodes.yaml:1:1: is not what 'kubectl get nodes -o json' prints: it is YAML, as of 'kubectl get nodes -o yaml'")]
    public void What_cannot_be_is_refused_with_its_place(string text, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<ViaductException>(() => NodeText.Read(text)).Render(), StringComparison.Ordinal);

    [Fact]
    public void An_unknown_runtime_is_refused_as_everywhere_and_with_its_place()
    {
        var plain = Assert.Throws<ViaductException>(() => Runtimes.Parse("pouch"));
        var placed = Assert.Throws<ViaductException>(() => NodeText.Read("- platform: linux/amd64\n  runtime: pouch"));
        Assert.Equal((plain.Code, plain.Message, plain.Todo, "nodes.yaml:2:12"), (placed.Code, placed.Message, placed.Todo, placed.Where));
    }

    [Fact]
    public void A_set_can_stand_among_nodes()
    {
        var nodes = NodeText.Read("- linux/riscv64\n- set: k3s-raspberry-pi:1.34\n- set: k3s-raspberry-pi:1.34\n").Nodes;
        Assert.Equal(
            ["linux/riscv64", "k3s-raspberry-pi-1.34-arm64", "k3s-raspberry-pi-1.34-arm", "k3s-raspberry-pi-1.34-arm64 (2)", "k3s-raspberry-pi-1.34-arm (2)"],
            nodes.Select(n => n.Name));
    }

    [Fact]
    public void What_a_set_remarks_is_remarked_once()
    {
        var once = NodeSets.Read("eks:1.33").Remarks;
        Assert.NotEmpty(once);
        Assert.Equal(once, NodeText.Read("- set: eks:1.33\n- set: eks:1.33\n").Remarks);
    }

    [Fact]
    public void Whatever_a_file_holds_it_is_read_or_refused()
    {
        string[] words =
        [
            "- ", "\n", "  ", "platform: ", "linux/arm64", "windows(10.0)/amd64", "runtime: ", "containerd 2.1", "name: ", "a", "set: ", "eks:1.33", "all", "count: ", "3", "-1", "nodes: ",
            "containerd: ", "{", "}", "[", "]", ", ", "registry.mirrors: ", "max_concurrent_downloads: ", "true", "~", "''", "kubernetes: ", "1.33", "emulates: ", "runs32bit: ", "\t", ": ",
        ];
        var (read, refused) = (0, 0);
        Gen.OneOf(words.Select(Gen.Const).ToArray()).Array[0, 16].Select(string.Concat).Sample(text =>
        {
            try
            {
                Assert.NotEmpty(NodeText.Read("- platform: linux/amd64\n" + text).Nodes);
                Interlocked.Increment(ref read);
            }
            catch (ViaductException)
            {
                Interlocked.Increment(ref refused);
            }
        }, iter: 20_000);
        Assert.True(read > 50 && refused > 1_000, $"{read} read, {refused} refused");
    }

    private static string Runtime(string text) => NodeText.Read(text).Nodes.Single().Runtime.ToString();
}
