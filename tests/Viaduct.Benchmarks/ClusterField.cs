using System.Globalization;
using System.Text;
using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Benchmarks;

/// <summary>A cluster as its size is in the field: 1 000 nodes of 20 kinds, 200 images, 50 pull secrets, pods of 400 templates.</summary>
internal static class ClusterField
{
    private const int Images = 200;
    private const int Secrets = 50;
    private const int Templates = 400;

    private static readonly string[] Platforms = ["linux/amd64", "linux/arm64", "linux/arm/v7", "linux/amd64", "windows(10.0.20348)/amd64"];
    private static readonly string[] Versions = ["1.32", "1.33", "1.34", "1.35"];

    public static IReadOnlyList<Node> Nodes(int count) => [.. Enumerable.Range(0, count).Select(Node)];

    public static ClusterObjects Objects(int pods, int nodes)
    {
        var secrets = Enumerable.Range(0, Secrets).Select(Secret).ToList();
        return new ClusterObjects
        {
            Secrets = secrets,
            ServiceAccounts = [.. Enumerable.Range(0, 10).Select(i => new ServiceAccount($"team-{i}", "default", "sa.yaml:1:1"))],
            Pods = [.. Enumerable.Range(0, pods).Select(i => Pod(i, nodes))],
        };
    }

    /// <summary>Half of the repositories are private, each list has four platforms, and every tenth image is for amd64 alone.</summary>
    public static IRegistries Registries()
    {
        var yaml = new StringBuilder("registries:\n- host: r.example\n  auth: bearer\n  users: [{name: puller, password: any}]\n  repositories:\n");
        for (var i = 0; i < Images; i++)
            yaml.Append(CultureInfo.InvariantCulture, $"    {Repository(i)}:\n      public: {(i % 2 == 0 ? "true" : "false")}\n      tags:\n        v1: {(i % 10 == 9 ? "linux/amd64" : "[linux/amd64, linux/arm64, linux/arm/v7, linux/s390x]")}\n");
        return DescribedRegistries.Parse(yaml.ToString(), "registries.yaml");
    }

    private static string Repository(int i) => string.Create(CultureInfo.InvariantCulture, $"team-{i % 10}/app-{i}");

    // Every object of its own, as a reader of kubectl's output makes them.
    private static Node Node(int i) => new(string.Create(CultureInfo.InvariantCulture, $"node-{i}"), Platform.Parse(Platforms[i % 5]))
    {
        Runtime = Runtimes.Parse(i % 5 == 3 ? "containerd 1.7" : "containerd 2.1"),
        KubernetesVersion = Versions[i / 5 % 4],
        Labels = new Dictionary<string, string> { ["topology.kubernetes.io/zone"] = $"zone-{i % 3}", ["pool"] = $"pool-{i % 20}", ["serial"] = i.ToString(CultureInfo.InvariantCulture) },
        Taints = i % 20 == 7 ? [new Taint("dedicated", "batch", "NoSchedule")] : [],
    };

    private static PullSecret Secret(int i)
    {
        var auth = Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"puller:password-{i}")));
        var json = $$$"""{"auths":{"r.example/team-{{{i % 10}}}":{"auth":"{{{auth}}}"},"other.example":{"auth":"{{{auth}}}"} } }""";
        return new PullSecret($"team-{i % 10}", $"pull-{i}", "kubernetes.io/dockerconfigjson", "secrets.yaml:1:1") { Data = new Dictionary<string, byte[]> { [".dockerconfigjson"] = Encoding.UTF8.GetBytes(json) } };
    }

    private static Pod Pod(int i, int nodes)
    {
        var template = i % Templates;
        var image = template % Images;
        var where = string.Create(CultureInfo.InvariantCulture, $"pods.json:{i + 1}:1");
        return new Pod($"team-{image % 10}", string.Create(CultureInfo.InvariantCulture, $"app-{template}-{i}"), where)
        {
            ImagePullSecrets = template % 4 == 3 ? [] : [$"pull-{image % Secrets}"],
            Containers =
            [
                new PodContainer("init", $"r.example/{Repository((image + 2) % Images)}:v1", ContainerRole.Init, where),
                new PodContainer("main", $"r.example/{Repository(image)}:v1", ContainerRole.App, where) { PullPolicy = template % 3 == 0 ? "Always" : null },
            ],
            Placement = Placement(i, template, nodes),
        };
    }

    private static Placement Placement(int i, int template, int nodes) => (i / Templates % 2, template % 3) switch
    {
        (1, _) => new Placement { NodeName = string.Create(CultureInfo.InvariantCulture, $"node-{i % nodes}") },
        (_, 0) => new Placement { NodeSelector = new Dictionary<string, string> { ["topology.kubernetes.io/zone"] = $"zone-{template % 3}", ["kubernetes.io/os"] = "linux" } },
        (_, 1) => new Placement { Required = [new NodeTerm([new NodeRequirement("kubernetes.io/arch", "In", ["amd64", "arm64"])], [])], Tolerations = [new Toleration("dedicated", "Exists", "", "")] },
        _ => new Placement(),
    };
}
