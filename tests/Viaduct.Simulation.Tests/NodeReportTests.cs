using System.Text.Json.Nodes;
using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

/// <summary>What kubectl tells of nodes beside their platforms: labels, taints, images, and whose service they are of.</summary>
public sealed class NodeReportTests
{
    [Fact]
    public async Task Labels_taints_and_cordons_are_those_of_the_cluster()
    {
        var item = Item();
        item["metadata"]!["labels"] = new JsonObject { ["disk"] = "ssd", ["kubernetes.io/hostname"] = "host", ["odd"] = 7 };
        item["spec"] = new JsonObject
        {
            ["unschedulable"] = true,
            ["taints"] = new JsonArray(new JsonObject { ["key"] = "dedicated", ["value"] = "gpu", ["effect"] = "NoSchedule", ["timeAdded"] = "2026-01-01T00:00:00Z" }, new JsonObject { ["key"] = "a", ["effect"] = "NoExecute" }, 7),
        };
        foreach (var text in new[] { NodeObjects.List(item), item.ToJsonString() })
        {
            var node = (await NodeText.PipeAsync(text)).Nodes.Single();
            Assert.Equal(("ssd", "host", "linux"), (node.Labels["disk"], node.Labels["kubernetes.io/hostname"], node.Labels["kubernetes.io/os"]));
            Assert.False(node.Labels.ContainsKey("odd"));
            Assert.Equal([new Taint("dedicated", "gpu", "NoSchedule"), new Taint("a", "", "NoExecute")], node.Taints);
            Assert.True(node.Unschedulable);
        }
    }

    [Fact]
    public async Task Images_have_their_names_and_nobody_says_how_they_came()
    {
        var setup = await SetupAsync(
            Image("registry.k8s.io/pause@sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945", "registry.k8s.io/pause:3.10"),
            Image("nginx:1.27"), Image("<none>@<none>", "<none>:<none>"), Image(), new JsonObject { ["sizeBytes"] = 1 });
        Assert.Equal(
            ["docker.io/library/nginx:1.27", "registry.k8s.io/pause:3.10 registry.k8s.io/pause@sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945"],
            setup.Images.Select(i => string.Join(' ', i.Names)));
        Assert.All(setup.Images, i => Assert.Equal((ImageOrigin.Unknown, null, null), (i.Origin, i.Id, i.PulledWith)));
        Assert.True(setup.KnowsAllImages);
    }

    [Theory]
    [InlineData(0, 1, true)]
    [InlineData(49, 4, true)]
    [InlineData(50, 1, false)]
    [InlineData(60, 1, false)]
    [InlineData(1, 5, false)]
    public async Task Of_fifty_images_or_five_names_there_may_be_more(int images, int names, bool all) =>
        Assert.Equal(all, (await SetupAsync([.. Enumerable.Range(0, images).Select(i => Image([.. Enumerable.Range(0, names).Select(n => $"r.io/i{i}:{n}")]))])).KnowsAllImages);

    [Fact]
    public async Task Without_a_list_of_images_nothing_is_known_of_them() =>
        Assert.False((await NodeText.PipeAsync(NodeObjects.List(Item()))).Nodes.Single().Kubelet!.KnowsAllImages);

    [Fact]
    public async Task Nodes_that_report_the_same_in_another_order_share_it()
    {
        var (one, two) = (Item("a"), Item("b"));
        one["status"]!["images"] = new JsonArray(Image("r.io/a:1", "r.io/b:1"), Image("r.io/c:1"));
        two["status"]!["images"] = new JsonArray(Image("r.io/c:1"), Image("r.io/b:1", "r.io/a:1"));
        var nodes = (await NodeText.PipeAsync(NodeObjects.List(one, two))).Nodes;
        Assert.Same(nodes[0].Kubelet, nodes[1].Kubelet);
        Assert.True(Node.SameKubelet.Equals(nodes[0], nodes[1]));
    }

    public static TheoryData<string, string, string?, string?> Services => new()
    {
        // kubelet's version, a label, its provider, the cloud of kubelet's own.
        { "v1.34.2-eks-113cf36", "", "ecr-credential-provider", null },
        { "v1.28.5-eks-1", "", "ecr-credential-provider", null },
        { "v1.34.1", "eks.amazonaws.com/nodegroup", "ecr-credential-provider", null },
        { "v1.33.5-gke.1201000", "", "auth-provider-gcp", null },
        { "v1.28.5-gke.1", "", null, "gce" },
        { "v1.33.5", "cloud.google.com/gke-nodepool", "auth-provider-gcp", null },
        { "v1.33.5", "kubernetes.azure.com/cluster", "acr-credential-provider", null },
        { "v1.28.5", "kubernetes.azure.com/agentpool", null, "azure" },
        { "v1.33.6+k3s1", "", null, null },
        { "v1.34.1", "other", null, null },
    };

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Managed_nodes_have_what_logs_in_to_their_clouds_registry(string kubelet, string label, string? provider, string? cloud)
    {
        var item = NodeObjects.Item("n", "linux/amd64", "containerd://1.7.30", kubelet, "x; y");
        if (label != "") item["metadata"]!["labels"] = new JsonObject { [label] = "x" };
        var setup = (await NodeText.PipeAsync(NodeObjects.List(item))).Nodes.Single().Kubelet!;
        Assert.Equal((provider, cloud), (setup.Providers?.Providers.Single().Name, setup.Cloud));
        Assert.All(setup.Providers?.Providers ?? [], p => Assert.Null(p.CannedAnswer));
    }

    [Theory]
    [InlineData("eks:1.34", "ecr-credential-provider")]
    [InlineData("gke:1.34", "auth-provider-gcp")]
    [InlineData("aks:1.34", "acr-credential-provider")]
    [InlineData("k3s-raspberry-pi:1.34", null)]
    [InlineData("kubernetes", null)]
    public void So_have_those_of_ready_made_sets(string set, string? provider) =>
        Assert.All(NodeSets.Read(set).Nodes, n => Assert.Equal(provider, n.Kubelet?.Providers?.Providers.Single().Name));

    [Fact]
    public async Task Fifty_thousand_nodes_are_a_few_kinds_of_kubelets()
    {
        var items = Enumerable.Range(0, 20).Select(k =>
        {
            var item = Item("NAME");
            item["metadata"]!["labels"] = new JsonObject { ["kubernetes.io/hostname"] = "NAME", ["pool"] = $"p{k}" };
            item["status"]!["images"] = new JsonArray([.. Enumerable.Range(0, 15).Select(i => (JsonNode)Image($"r.io/team/image-{k}-{i}:v1"))]);
            return item.ToJsonString();
        }).ToArray();
        var stream = new Repeated(50_000, """{"items":[""", i => (i > 0 ? "," : "") + items[i % 20].Replace("NAME", $"n{i}", StringComparison.Ordinal), "]}");
        var nodes = (await NodeSource.ReadAsync("-", stream, default)).Nodes;
        Assert.Equal(20, nodes.GroupBy(n => n, Node.SameKubelet).Count());
        Assert.Equal(20, nodes.Select(n => n.Kubelet).Distinct(ReferenceEqualityComparer.Instance).Count());
        Assert.Single(nodes.GroupBy(n => n, Node.SameKind));
        Assert.Equal(("n49999", "p19"), (nodes[^1].Labels["kubernetes.io/hostname"], nodes[^1].Labels["pool"]));
    }

    private static async Task<KubeletSetup> SetupAsync(params JsonObject[] images)
    {
        var item = Item();
        item["status"]!["images"] = new JsonArray([.. images.Select(i => (JsonNode)i)]);
        return (await NodeText.PipeAsync(NodeObjects.List(item))).Nodes.Single().Kubelet!;
    }

    private static JsonObject Image(params string[] names) => new() { ["names"] = new JsonArray([.. names.Select(n => (JsonNode)n)]), ["sizeBytes"] = 7 };

    private static JsonObject Item(string name = "n") => NodeObjects.Item(name, "linux/amd64", "containerd://1.7.30", "v1.34.1", "x; y");
}
