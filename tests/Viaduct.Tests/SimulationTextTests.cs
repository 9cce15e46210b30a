using Viaduct.Oci;
using Viaduct.Reports;
using Viaduct.Simulation;
using Viaduct.Verification;

namespace Viaduct.Tests;

/// <summary>The table of images by nodes, for clusters as they are.</summary>
public sealed class SimulationTextTests
{
    private static readonly Digest Some = Digest.Sha256("some"u8);

    /// <summary>Two architectures with three runtimes each, hundreds of nodes of every kind, and images by digest.</summary>
    private static readonly Node[] Cluster =
    [
        .. from platform in new[] { "linux/amd64", "linux/arm64" }
           from runtime in new[] { "containerd 1.7", "containerd 2.0", "containerd 2.1 local" }
           from number in Enumerable.Range(0, 417)
           select new Node($"{platform[6..]}-{runtime}-{number}", Platform.Parse(platform)) { Runtime = Runtimes.Parse(runtime) },
    ];

    [Fact]
    public void Three_images_on_six_kinds_of_nodes_are_a_matrix_that_fits_a_screen()
    {
        var kinds = NodeKinds.Of(Cluster);
        var lines = SimulationText.Render([.. Enumerable.Range(0, 3).Select(i => Report($"registry.example/team/app{i}@{Some}", kinds.First))], kinds).Split('\n');
        Assert.All(lines, l => Assert.True(l.Length <= 100, l));
        Assert.Equal(["LIST", "A", "B", "C", "D", "E", "F"], Words(lines[8]));
        Assert.Equal([$"registry.example/team/app2@sha256:{Some.Short}", "ok", "ok", "ok", "ok", "ok", "ok"], Words(lines[11]));
        // The legend says what the letters are, and so do the findings.
        Assert.Equal(["COUNT", "PLATFORM", "RUNTIME", "FIRST", "NODE"], Words(lines[0]));
        Assert.Matches("^E +417 +linux/arm64 +containerd 2.0 +arm64-containerd 2.0-0$", lines[5]);
    }

    [Fact]
    public void Findings_name_the_letters_where_the_table_does()
    {
        var kinds = NodeKinds.Of(Cluster);
        var report = Report("registry.example/app:1", kinds.First);
        report = report with { Pulls = [.. report.Pulls.Select(p => p with { Verdict = Verdict.Failure, Findings = [new(FindingKinds.PlatformMissing, Verdict.Failure, $"node {p.Node} finds nothing")] })] };
        Assert.Contains("\nVF101 platform-missing: registry.example/app:1 on A, B, C, D, E, F: node amd64-containerd 1.7-0 finds nothing\n", SimulationText.Render([report], kinds));
    }

    [Fact]
    public void Few_kinds_stand_by_their_names_and_too_many_are_rows()
    {
        var few = NodeKinds.Of([.. Cluster.Take(418)]);
        Assert.Matches("\nLIST +linux/amd64 x417 +amd64-containerd 2.0-0\n", SimulationText.Render([Report("registry.example/app:1", few.First)], few));
        var many = NodeKinds.Of([.. Enumerable.Range(20, 40).Select(v => new Node($"node-{v}", Platform.Parse("linux/amd64")) { KubernetesVersion = $"1.{v}" })]);
        Assert.Matches("\nLIST +NODE +VERDICT +IMAGE +EXECUTABLE\n", SimulationText.Render([Report("registry.example/app:1", many.First)], many));
    }

    [Theory]
    [InlineData("containerd 2.1", "LIST ")]
    [InlineData("containerd 1.7", "The nodes have containerd 1.7.\nLIST ")]
    public void A_runtime_that_was_asked_for_is_told(string runtime, string beginning) =>
        Assert.StartsWith(beginning, SimulationText.Render([Report("registry.example/app:1", [Node.Of(Platform.Parse("linux/amd64")) with { Runtime = Runtimes.Parse(runtime) }])]));

    private static ListReport Report(string name, IReadOnlyList<Node> nodes) =>
        new("app", Reference.Parse(name), Some) { Pulls = [.. nodes.Select(n => new SimulatedPull { Node = n, Verdict = Verdict.Ok })] };

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
