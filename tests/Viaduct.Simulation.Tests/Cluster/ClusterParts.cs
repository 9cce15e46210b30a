using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

/// <summary>Small clusters for tests, whose kubelets say which pod they were given and never pull.</summary>
internal static class ClusterParts
{
    public static Node Node(string name, string platform = "linux/amd64", string? version = null, params string[] taints) =>
        new(name, Platform.Parse(platform)) { KubernetesVersion = version, Taints = [.. taints.Select(Taint)] };

    public static Node With(this Node node, params string[] labels) => node with { Labels = Pairs(labels) };

    public static Pod Pod(string name, Placement? placement = null, string image = "r.io/app:1", string policy = "IfNotPresent") => new("default", name, $"{name}.yaml:1:1")
    {
        Placement = placement ?? Placement.Anywhere,
        Containers = [new PodContainer("main", image, ContainerRole.App, $"{name}.yaml:5:5") { PullPolicy = policy }],
    };

    public static Dictionary<string, string> Pairs(params string[] pairs) => pairs.Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);

    /// <param name="text"><c>key=value:Effect</c>.</param>
    public static Taint Taint(string text)
    {
        var (head, effect) = (text[..text.LastIndexOf(':')], text[(text.LastIndexOf(':') + 1)..]);
        return head.Split('=', 2) is [var key, var value] ? new Taint(key, value, effect) : new Taint(head, "", effect);
    }

    public static Toleration Toleration(string key, string op = "", string value = "", string effect = "") => new(key, op, value, effect);

    public static NodeTerm Labels(params NodeRequirement[] labels) => new(labels, []);
    public static NodeTerm Names(string op, params string[] names) => new([], [new NodeRequirement("metadata.name", op, names)]);
    public static NodeRequirement Label(string key, string op, params string[] values) => new(key, op, values);

    public static AdmittedPod Admit(Pod pod) => new(pod,
        [.. pod.Containers.Select(c => new AdmittedContainer(c, Enum.Parse<PullPolicy>(c.PullPolicy ?? "IfNotPresent"), "written"))], new PodIdentity(pod.Namespace, [], [], null));

    public static Task<ClusterReport> RunAsync(IReadOnlyList<Pod> pods, IReadOnlyList<Node> nodes, Func<AdmittedPod, Node, Verdict>? start = null, Func<Pod, AdmittedPod>? admit = null) =>
        RunAsync(new ClusterObjects { Pods = pods }, nodes, start, admit);

    public static Task<ClusterReport> RunAsync(ClusterObjects objects, IReadOnlyList<Node> nodes, Func<AdmittedPod, Node, Verdict>? start = null, Func<Pod, AdmittedPod>? admit = null) =>
        new ClusterSimulator(objects, new ClusterSetup(), new NoRegistries(), new NoProviders())
        {
            Admit = admit ?? Admit,
            Kubelets = node => (pod, _) => new(new PodOutcome(pod, node, start?.Invoke(pod, node) ?? Verdict.Ok, [new ContainerOutcome(pod.Containers[0], Verdict.Ok, new ContainerState("running")) { Trials = [new CredentialTrial(null, null)] }])),
        }.RunAsync(nodes, TestContext.Current.CancellationToken);

    /// <summary>The cell of a pod and a node.</summary>
    public static ClusterCell Cell(this ClusterReport report, string pod, string node) =>
        report.PodGroups.Single(g => g.Pods.Any(p => p.Name == pod)).Cells[report.NodeGroups.Index().Single(g => g.Item.Nodes.Any(n => n.Name == node)).Index];

    private sealed class NoRegistries : IRegistries
    {
        public ValueTask<ImageAnswer> AskAsync(Reference image, RegistryLogin? login, CancellationToken cancellationToken) => throw new InvalidOperationException();
    }

    private sealed class NoProviders : IProviderAnswers
    {
        public ValueTask<ProviderAnswer> AskAsync(CredentialProvider provider, string request, CancellationToken cancellationToken) => throw new InvalidOperationException();
    }
}
