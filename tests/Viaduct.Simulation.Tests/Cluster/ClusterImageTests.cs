using static Viaduct.Simulation.Tests.ClusterParts;

namespace Viaduct.Simulation.Tests;

public class ClusterImageTests
{
    [Fact]
    public async Task Images_that_no_pod_asks_for_do_not_split_nodes()
    {
        var report = await RunAsync([Pod("a")], [Having("n1", "r.io/x:1"), Having("n2", "r.io/y:1"), Node("n3")]);

        Assert.Single(report.NodeGroups);
    }

    [Fact]
    public async Task A_kubelet_gets_the_images_that_its_pods_ask_for()
    {
        var seen = new List<string>();
        var report = await RunAsync([Pod("a", image: "r.io/a:1"), Pod("b", image: "r.io/b:1")],
            [Having("n1", "r.io/a:1", "r.io/x:1"), Having("n2", "r.io/b:1", "r.io/y:1"), Node("n3"), Having("n4", "r.io/a:1")],
            (pod, node) => Note(seen, $"{pod.Pod.Name}: {string.Join(' ', (node.Kubelet?.Images ?? []).SelectMany(i => i.Names))}"));

        // Each pod is tried with its image and without; what else is there makes no difference.
        Assert.Equal(["a: ", "a: r.io/a:1", "b: ", "b: r.io/b:1"], seen.Order());
        Assert.Equal(3, report.NodeGroups.Count);
    }

    [Fact]
    public async Task Other_names_of_the_same_content_and_the_pause_image_come_with_it()
    {
        var seen = new List<string>();
        var kubelet = new KubeletSetup
        {
            SandboxImage = "registry.k8s.io/pause:3.10",
            Images = [new(["r.io/other:1"]) { Id = "sha256:1" }, new(["r.io/app:1"]) { Id = "sha256:1" }, new(["registry.k8s.io/pause:3.10"]), new(["r.io/x:1"])],
        };
        await RunAsync([Pod("a"), Pod("b", image: "sha256:1"), Pod("c", policy: "Always")], [Node("n") with { Kubelet = kubelet }],
            (pod, node) => Note(seen, $"{pod.Pod.Name}: {string.Join(' ', node.Kubelet!.Images.SelectMany(i => i.Names).Order())}"));

        Assert.Equal(["a: r.io/app:1 r.io/other:1 registry.k8s.io/pause:3.10", "b: r.io/app:1 r.io/other:1 registry.k8s.io/pause:3.10", "c: registry.k8s.io/pause:3.10"], seen.Order());
    }

    private static Node Having(string name, params string[] images) => Node(name) with { Kubelet = new KubeletSetup { Images = [.. images.Select(i => new PresentImage([i]))] } };

    private static Verdict Note(List<string> seen, string text)
    {
        lock (seen) seen.Add(text);
        return Verdict.Ok;
    }
}
