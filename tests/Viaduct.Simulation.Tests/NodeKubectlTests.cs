using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

public sealed class NodeKubectlTests
{
    public static TheoryData<string, string, string, string, string, string?> Reported => new()
    {
        // os/architecture, runtime, kubelet, image and kernel as kubelets reported them; the node; what is remarked.
        { "linux/amd64", "containerd://1.7.27", "v1.32.4-gke.1106000", "Container-Optimized OS from Google; 6.6.72+", "linux/amd64 | containerd 1.7 | 1.32", null },
        { "linux/arm64", "containerd://2.0.6", "v1.33.5-gke.1201000", "Container-Optimized OS from Google; 6.6.105+", "linux/arm64 | containerd 2.0 | 1.33", null },
        { "linux/amd64", "containerd://2.1.7", "v1.35.6-gke.1127000", "Container-Optimized OS from Google; 6.12.85+", "linux/amd64 | containerd 2.1 | 1.35", KnownSetups.Unknown },
        { "linux/amd64", "containerd://2.2.4", "v1.36.2-eks-113cf36", "Amazon Linux 2023.9.20251014; 6.18", "linux/amd64 | containerd 2.2 local | 1.36", KnownSetups.Eks },
        { "linux/arm64", "containerd://2.1.6+bottlerocket", "v1.35.0-eks-ac2d5a0", "Bottlerocket OS 1.53.0 (aws-k8s-1.35); 6.12", "linux/arm64 | containerd 2.1 | 1.35", null },
        { "linux/arm64", "containerd://2.0.5-k3s1.32", "v1.32.5+k3s1", "openSUSE MicroOS; 6.15.8-1-default", "linux/arm64 | containerd 2.0 | 1.32", null },
        { "linux/arm64", "containerd://2.1.5-k3s1.33", "v1.33.6+k3s1", "Debian GNU/Linux 12 (bookworm); 6.12.34+rpt-rpi-v8", "linux/arm64 | containerd 2.1 local | 1.33", KnownSetups.K3s },
        { "linux/arm", "containerd://1.7.15-k3s1", "v1.30.0+k3s1", "Raspbian; 6.6", "linux/arm/v7 | containerd 1.7 | 1.30", null },
        { "linux/amd64", "cri-o://1.28.3.14.rhaos4.15.git33aabd8.el9", "v1.28.9", "Red Hat Enterprise Linux CoreOS; 5.14", "linux/amd64 | cri-o 1.28 | 1.28", null },
        { "linux/amd64", "cri-o://1.34.0-66.1c4616d3c11.el8", "v1.34.1", "Oracle Linux; 5.15", "linux/amd64 | cri-o 1.34 | 1.34", null },
        { "linux/amd64", "docker://20.10.24", "v1.23.8", "Ubuntu; 5.4", "linux/amd64 | docker 20.10 | 1.23", null },
        { "linux/amd64", "docker://25.0.14 (MCR)", "v1.34.9-mirantis-2", "Ubuntu; 5.4", "linux/amd64 | docker 25.0 | 1.34", null },
        { "linux/amd64", "containerd://1.5.13", "v1.23.8-gke.1900", "Container-Optimized OS from Google; 5.10", "linux/amd64 | containerd 1.6 | 1.23", "there are no rules for 'containerd://1.5.13'; containerd 1.6 is simulated" },
        { "linux/amd64", "systemd://260-1-arch", "perigeos://dev", "Arch; 6.18", "linux/amd64 | containerd 2.1 | ", "there are no rules for 'systemd://260-1-arch'; containerd 2.1 is simulated" },
        { "linux/amd64", "podman://5.4.0", "v1.34.1", "Fedora; 6.18", "linux/amd64 | containerd 2.1 | 1.34", "there are no rules for 'podman://5.4.0'; containerd 2.1 is simulated" },
        { "windows/amd64", "containerd://1.7.30", "v1.33.5-eks", "Windows Server 2022 Datacenter; 10.0.20348.1668", "windows(10.0.20348)/amd64 | containerd 1.7 | 1.33", null },
        { "windows/amd64", "containerd://2.1.6", "v1.34.2-eks", "Windows Server 2019 Datacenter; ", "windows(10.0.17763)/amd64 | containerd 2.1 | 1.34", null },
        { "windows/amd64", "containerd://2.0.4+azure", "v1.33.12", "Windows; 6.12", "windows/amd64 | containerd 2.0 | 1.33", "the build of Windows is not told, so every image for Windows is taken to fit" },
        { "linux/sparc64", "containerd://1.7.27", "v1.33.12", "Debian; 6.12", "linux/sparc64 | containerd 1.7 | 1.33", "linux/sparc64 is no platform that Go builds for" },
    };

    [Theory]
    [MemberData(nameof(Reported))]
    public async Task What_kubelets_report_makes_nodes(string platform, string runtime, string kubelet, string system, string expected, string? remark)
    {
        var list = await NodeText.PipeAsync(NodeObjects.List(NodeObjects.Item("n", platform, runtime, kubelet, system)));
        var node = Assert.Single(list.Nodes);
        var parts = expected.Split(" | ");
        Assert.Equal((parts[0], Runtimes.Parse(parts[1]), parts[2]), (node.Platform.ToString(), node.Runtime, node.KubernetesVersion ?? ""));
        var remarks = list.Remarks.Where(r => remark == KnownSetups.Unknown || !r.Contains(KnownSetups.Unknown, StringComparison.Ordinal)).ToList();
        Assert.Equal(remark is null ? [] : [$"n: {remark}"], remarks);
    }

    [Fact]
    public async Task The_label_tells_the_build_of_Windows_before_the_kernel_does()
    {
        var item = NodeObjects.Item("w", "windows/amd64", "containerd://1.7.30", "v1.33.5", "Windows Server 2019; 10.0.17763.1");
        item["metadata"]!["labels"] = new JsonObject { ["node.kubernetes.io/windows-build"] = "10.0.26100" };
        Assert.Equal("10.0.26100", (await NodeText.PipeAsync(NodeObjects.List(item))).Nodes.Single().Platform.OsVersion);
    }

    [Fact]
    public async Task Labels_stand_in_for_what_the_status_does_not_say()
    {
        var item = NodeObjects.Item("n", "linux/arm64", "containerd://1.7.30", "v1.33.5", "x; y");
        item["metadata"]!["labels"] = new JsonObject { ["kubernetes.io/os"] = "linux", ["kubernetes.io/arch"] = "s390x" };
        item["status"] = new JsonObject();
        var list = await NodeText.PipeAsync(NodeObjects.List(item));
        Assert.Equal("n | linux/s390x | containerd 2.1", NodeText.Lines(list));
        Assert.Equal("n: no runtime is told; containerd 2.1 is simulated", list.Remarks[0]);
    }

    [Fact]
    public async Task A_node_that_cannot_be_judged_does_not_fail_the_others()
    {
        var bare = new JsonObject { ["kind"] = "Node", ["metadata"] = new JsonObject { ["name"] = "bare" } };
        var list = await NodeText.PipeAsync(NodeObjects.List(bare, NodeObjects.Item("n", "linux/arm64", "containerd://1.7.30", "v1.33.5", "x; y")));
        Assert.Equal("n", list.Nodes.Single().Name);
        Assert.Equal(["bare: left out, because neither status.nodeInfo nor the labels tell operating system and architecture"], list.Remarks);
    }

    [Fact]
    public async Task Equal_remarks_are_one_line_and_there_are_not_too_many()
    {
        var same = Enumerable.Range(1, 5).Select(i => NodeObjects.Item($"n{i}", "linux/amd64", "pouch://1", "v1.33.5", "x; y")).ToArray();
        Assert.Equal("n1, n2, n3 and 2 more: there are no rules for 'pouch://1'; containerd 2.1 is simulated", (await NodeText.PipeAsync(NodeObjects.List(same))).Remarks[0]);

        var many = Enumerable.Range(1, 200).Select(i => NodeObjects.Item($"n{i}", "linux/amd64", $"pouch://{i}", "v1.33.5", "x; y")).ToArray();
        Assert.Equal(51, (await NodeText.PipeAsync(NodeObjects.List(many))).Remarks.Count);
    }

    [Theory]
    [InlineData("""{"apiVersion":"v1","items":[NODE],"kind":"List","metadata":{"resourceVersion":""}}""")]
    [InlineData("""{"kind":"NodeList","apiVersion":"v1","metadata":{"resourceVersion":"7"},"items":[NODE]}""")]
    [InlineData("""{"items":[NODE]}""")]
    [InlineData("NODE")]
    [InlineData("[NODE]")]
    [InlineData("\n [ NODE ] \n")]
    public async Task Lists_single_nodes_and_what_jq_takes_out_of_them_are_read(string shape)
    {
        var node = NodeObjects.Item("n", "linux/arm64", "containerd://1.7.30", "v1.33.5", "x; y").ToJsonString();
        Assert.Equal("n | linux/arm64 | containerd 1.7 | 1.33", NodeText.Lines(await NodeText.PipeAsync(shape.Replace("NODE", node, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("""{"items": [], "kind": "List"}""", "VIA6016: standard input: no node is described here")]
    [InlineData("""{"items": null, "kind": "NodeList"}""", "VIA6016: standard input: no node is described here")]
    [InlineData("""{"kind": "PodList", "items": []}""", "VIA6015: standard input: is not what 'kubectl get nodes -o json' prints: it is a PodList")]
    [InlineData("""{"kind": "Pod", "metadata": {}}""", "VIA6015: standard input: is not what 'kubectl get nodes -o json' prints: it is a Pod")]
    [InlineData("""{"items": [{"kind": "Pod"}], "kind": "List"}""", "VIA6015: standard input: is not what 'kubectl get nodes -o json' prints: items[0] is a Pod")]
    [InlineData("""{"items": ["a"]}""", "VIA6015: standard input: is not what 'kubectl get nodes -o json' prints: items[0] is no object")]
    [InlineData("""{"items": {}}""", "VIA6015: standard input: is not what 'kubectl get nodes -o json' prints: its items are no array")]
    [InlineData("""{"a": 1}""", "VIA6015: standard input: is not what 'kubectl get nodes -o json' prints: it has no items")]
    [InlineData("{\"items\": [\n  {]", "VIA6015: standard input:2:4: is not what 'kubectl get nodes -o json' prints: it is not JSON")]
    [InlineData("{\"items\": [", "VIA6015: standard input:1:12: is not what 'kubectl get nodes -o json' prints: it is not JSON")]
    [InlineData("{\"items\": []}}", "VIA6015: standard input:1:14: is not what 'kubectl get nodes -o json' prints: it is not JSON")]
    [InlineData("""{"kind": "Node", "metadata": {"name": "\ud800"}}""", "VIA6015: standard input: is not what 'kubectl get nodes -o json' prints: it holds a string that is not Unicode")]
    [InlineData("""{"items": [{"metadata": {"name": "\ud800"}}]}""", "VIA6015: standard input: is not what 'kubectl get nodes -o json' prints: it holds a string that is not Unicode")]
    public async Task What_is_no_list_of_nodes_is_refused(string text, string expected) =>
        Assert.StartsWith(expected, (await Assert.ThrowsAsync<ViaductException>(() => NodeText.PipeAsync(text))).Render(), StringComparison.Ordinal);

    [Fact]
    public async Task Five_thousand_nodes_are_read_without_holding_their_text()
    {
        // 30 KiB a node, as with fifty images that kubelet reports.
        var item = NodeObjects.Item("NAME", "linux/amd64", "containerd://2.1.7", "v1.35.6", "x; y");
        item["status"]!["images"] = new JsonArray([.. Enumerable.Range(0, 50).Select(i => (JsonNode)new JsonObject { ["names"] = new JsonArray(new string((char)('a' + (i % 26)), 600)), ["sizeBytes"] = i })]);
        var text = item.ToJsonString();
        var stream = new Repeated(5_000, """{"apiVersion":"v1","items":[""", i => (i > 0 ? "," : "") + text.Replace("NAME", $"n{i}", StringComparison.Ordinal), """],"kind":"List"}""");

        var list = await NodeSource.ReadAsync("-", stream, default);

        Assert.Equal(5_000, list.Nodes.Count);
        Assert.Equal("n4999", list.Nodes[^1].Name);
        Assert.Equal(5_000, list.Kinds.Single().Count());
        Assert.True(stream.Total > 150_000_000, $"{stream.Total}");
        Assert.True(stream.LargestRead < 1_000_000, $"{stream.LargestRead} bytes were asked for at once");
    }

    [Fact]
    public async Task More_nodes_and_larger_nodes_than_there_can_be_are_refused()
    {
        var node = """{"kind":"Node"}""";
        var many = new Repeated(NodeList.MaxNodes + 1, """{"items":[""", i => i > 0 ? "," + node : node, "]}");
        Assert.Equal("VIA6016", (await Assert.ThrowsAsync<ViaductException>(() => NodeSource.ReadAsync("-", many, default))).Code);

        var endless = new Repeated(int.MaxValue, """{"items":[{"a":[0""", _ => ",0,0,0,0,0,0,0", "");
        var error = await Assert.ThrowsAsync<ViaductException>(() => NodeSource.ReadAsync("-", endless, default));
        Assert.EndsWith("a part of it is larger than 8 MiB", error.Message, StringComparison.Ordinal);

        var blank = new Repeated(int.MaxValue, """{"items":[""", _ => "                                                                 \n", "");
        error = await Assert.ThrowsAsync<ViaductException>(() => NodeSource.ReadAsync("-", blank, default));
        Assert.Contains("larger than", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_a_text_holds_it_is_read_or_refused()
    {
        var good = NodeObjects.List(NodeObjects.Item("n", "linux/arm64", "containerd://1.7.30", "v1.33.5", "x; y"), NodeObjects.Item("w", "windows/amd64", "containerd://2.1", "v1.34", "Windows; 10.0.20348.1"));
        var bytes = Encoding.UTF8.GetBytes(good);
        var (read, refused) = (0, 0);
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Int[0, 12], Gen.Byte.Array[0, 6], Gen.Int[1, 64]).Sample((at, cut, put, block) =>
        {
            byte[] changed = [.. bytes[..at], .. put, .. bytes[Math.Min(bytes.Length, at + cut)..]];
            try
            {
                NodeSource.ReadAsync("-", new Dripping(changed, block), default).GetAwaiter().GetResult();
                Interlocked.Increment(ref read);
            }
            catch (ViaductException)
            {
                Interlocked.Increment(ref refused);
            }
        }, iter: 5_000);
        Assert.True(read > 100 && refused > 100, $"{read} read, {refused} refused");
    }
}
