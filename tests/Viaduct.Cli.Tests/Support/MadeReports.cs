using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Cli.Tests;

/// <summary>Reports of clusters, made by hand.</summary>
internal static class MadeReports
{
    public const string Secret = "s3cret-pass";
    public const string Image = "registry.example/app:1";
    public const string Refused = "failed to pull and unpack image \"registry.example/app:1\": failed to resolve image: pull access denied";

    private static readonly ObjectRemark Nowhere = new(Verdict.Failure, "app.yaml:40:3", "shop/edge: 0/4 nodes are available: 4 node(s) didn't match Pod's node affinity/selector.");
    private static readonly RegistryLogin Login = new("robot", Secret);

    /// <summary>Three pods on three kinds of nodes: web fails on the Raspberry Pis and the big node takes it, sync is not known, edge comes to none.</summary>
    public static ClusterReport Mixed()
    {
        var nodes = new[] { Nodes("linux/arm/v7", "pi-1", "pi-2"), Nodes("linux/amd64", "big"), Nodes("linux/s390x", "main") };
        return new(nodes,
        [
            Group(["web"], Failing(nodes[0]), Fine(nodes[1]), Apart()),
            Group(["sync"], Unsure(nodes[0]), Unsure(nodes[1]), Apart()),
            Group(["edge"], Apart(), Apart(), Apart()) with { Nowhere = Nowhere },
        ])
        {
            Verdict = Verdict.Failure,
            Remarks = [Nowhere, new(Verdict.Ok, "", "secret shop/other is used by nothing")],
        };
    }

    public static ClusterReport Wide(int kinds, int pods)
    {
        var nodes = Enumerable.Range(1, kinds).Select(i => Nodes("linux/amd64", $"a-rather-long-name-of-a-node-{i}")).ToArray();
        return new(nodes, [.. Enumerable.Range(1, pods).Select(p => Group([$"web-{p}"], [.. nodes.Select((n, i) => i % 2 == 0 ? Failing(n) : Fine(n))]))]) { Verdict = Verdict.Failure };
    }

    public static NodeGroup Nodes(string platform, params string[] names) => new([.. names.Select(n => new Node(n, Platform.Parse(platform)) { KubernetesVersion = "1.34" })]);

    public static PodGroup Group(string[] names, params ClusterCell[] cells) => new([.. names.Select(Pod)], cells);

    public static ClusterCell Apart() => new(new(Verdict.Failure, "node(s) didn't match Pod's node affinity/selector"), null);

    public static ClusterCell Fine(NodeGroup nodes) => Cell(nodes, Verdict.Ok, new(Container(), Verdict.Ok, new("running"))
    {
        WasPresent = false,
        Trials = [new(new(CredentialOrigin.NodeFile, "/var/lib/kubelet/config.json", "registry.example", Login), null)],
        Events = [new(TimeSpan.Zero, "Normal", "Pulling", "kubelet", $"Pulling image \"{Image}\"")],
    });

    public static ClusterCell Failing(NodeGroup nodes, ContainerRole role = ContainerRole.App)
    {
        var offered = new OfferedCredential(CredentialOrigin.Secret, "secret shop/regcred", "registry.example", Login);
        PodEvent[] events =
        [
            new(TimeSpan.Zero, "Normal", "Scheduled", "default-scheduler", "Successfully assigned shop/web"),
            Five("Normal", "Pulling", $"Pulling image \"{Image}\""),
            Five("Warning", "Failed", $"Failed to pull image \"{Image}\": {Refused}"),
            Five("Warning", "Failed", "Error: ErrImagePull"),
        ];
        return Cell(nodes, Verdict.Failure, new(Container(role), Verdict.Failure, new("waiting", "ImagePullBackOff", $"Back-off pulling image \"{Image}\": ErrImagePull: {Refused}"))
        {
            WasPresent = false,
            Trials = [new(offered, Refused)],
            Credentials = new() { Offered = [offered], Remarks = ["/var/lib/kubelet/config.json: the key registry.example/v2 does not match"], MissingSecrets = ["absent"] },
            Notes = ["The registry refuses the account."],
            Events = [.. events.Skip(1)],
            Pull = new() { Node = nodes.Nodes[0], Verdict = Verdict.Failure, Findings = [new(FindingKinds.PlatformMissing, Verdict.Failure, $"node {nodes.Nodes[0].Name} finds nothing for it")] },
        }, events);
    }

    private static PodEvent Five(string type, string reason, string message) =>
        new(TimeSpan.Zero, type, reason, "kubelet", message) { Count = 5, Last = TimeSpan.FromSeconds(150), FieldPath = "spec.containers{app}" };

    public static ClusterCell Unsure(NodeGroup nodes) => Cell(nodes, Verdict.Unknown, new(Container(), Verdict.Unknown, new("waiting", "ContainerCreating"))
    {
        Trials = [new(null, null, "registry.example was not asked")],
        Credentials = new() { Unknown = "provider ecr-credential-provider is not run" },
    });

    private static ClusterCell Cell(NodeGroup nodes, Verdict verdict, ContainerOutcome container, params PodEvent[] events) =>
        new(new(Verdict.Ok), new(new(Pod("web"), [container.Container], new("shop", [], [], null)), nodes.Nodes[0], verdict, [container]) { Events = events.Length > 0 ? events : container.Events });

    private static AdmittedContainer Container(ContainerRole role = ContainerRole.App) => new(new("app", Image, role, "app.yaml:12:9"), PullPolicy.IfNotPresent, "default: the tag is not :latest");

    private static Pod Pod(string name) => new("shop", name, "app.yaml:1:1") { Kind = "Deployment" };
}
