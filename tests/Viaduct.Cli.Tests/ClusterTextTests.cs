using Viaduct.Cli.Printing;
using Viaduct.Reports;
using Viaduct.Simulation;

namespace Viaduct.Cli.Tests;

/// <summary>What is printed of a cluster, from reports made by hand.</summary>
public sealed class ClusterTextTests
{
    [Fact]
    public void Pods_by_nodes_are_a_matrix_of_what_kubectl_would_show()
    {
        var text = ClusterText.Render(new(MadeReports.Mixed()));
        Assert.Contains("""
            NODE             COUNT  PLATFORM      RUNTIME         KUBERNETES
            linux/arm/v7 x2  2      linux/arm/v7  containerd 2.1  1.34
            big              1      linux/amd64   containerd 2.1  1.34
            main             1      linux/s390x   containerd 2.1  1.34

            POD              linux/arm/v7 x2   big      main
            deployment/web   ImagePullBackOff  ok       -
            deployment/sync  unknown           unknown  -
            deployment/edge  -                 -        -

            """, text);
        Assert.EndsWith("\n3 pods on 4 nodes: 1 fails, 1 comes to no node, 1 is not known\n", text);
    }

    [Fact]
    public void Every_cause_is_told_once_with_what_it_hits_failures_first()
    {
        var text = ClusterText.Render(new(MadeReports.Mixed()));
        Assert.Contains($"""

            ImagePullBackOff: registry.example/app:1
              Failed to pull image "registry.example/app:1": {MadeReports.Refused}
              pods   deployment/web
              nodes  linux/arm/v7 x2
              - VF101 platform-missing: a node finds nothing for it
              - The registry refuses the account.
              - /var/lib/kubelet/config.json: the key registry.example/v2 does not match

            unknown: registry.example/app:1
              registry.example was not asked
              pods   deployment/sync
              nodes  linux/arm/v7 x2, big

            failure: app.yaml:40:3: shop/edge: 0/4 nodes are available: 4 node(s) didn't match Pod's node affinity/selector.
            note: secret shop/other is used by nothing

            VF101: 
            """.TrimEnd(), text);
    }

    [Fact]
    public void Where_the_names_of_nodes_are_long_each_has_a_letter()
    {
        var text = ClusterText.Render(new(MadeReports.Wide(4, 2)));
        Assert.Contains("\nA  a-rather-long-name-of-a-node-1  1 ", "\n" + text);
        Assert.Contains("\ndeployment/web-2  ImagePullBackOff  ok  ImagePullBackOff  ok\n", text);
    }

    [Fact]
    public void Where_that_is_too_wide_as_well_each_status_has_its_nodes()
    {
        var text = ClusterText.Render(new(MadeReports.Wide(12, 1)));
        Assert.Contains("POD               STATUS            NODES\ndeployment/web-1  ImagePullBackOff  A, C, E, G, I, K\n                  ok                B, D, F, H, J, L\n", text);
    }

    [Fact]
    public void Many_pods_are_shown_by_their_groups()
    {
        var nodes = MadeReports.Nodes("linux/amd64", "big");
        var group = MadeReports.Group([.. Enumerable.Range(1, 100).Select(i => $"web-{i}")], MadeReports.Failing(nodes));
        var text = ClusterText.Render(new(new([nodes], [group]) { Verdict = Verdict.Failure }));
        Assert.Contains("deployment/web-1 and 99 more  ImagePullBackOff\n", text);
        Assert.Contains("  pods   deployment/web-1, deployment/web-2, deployment/web-3, deployment/web-4, deployment/web-5, deployment/web-6, deployment/web-7, deployment/web-8 and 92 more\n", text);
        Assert.EndsWith("\n100 pods on 1 node: 100 fail\n", text);
    }

    [Fact]
    public void Init_containers_are_told_as_kubectl_tells_them()
    {
        Assert.Equal("Init:ImagePullBackOff", ClusterWords.Of(MadeReports.Failing(MadeReports.Nodes("linux/amd64", "big"), ContainerRole.Init)));
    }

    [Fact]
    public void Namespaces_stand_before_the_pods_where_there_are_several()
    {
        var nodes = MadeReports.Nodes("linux/amd64", "big");
        var group = MadeReports.Group(["web"], MadeReports.Fine(nodes));
        var view = new ClusterView(new([nodes], [group, group with { Pods = [new("other", "web", "b.yaml:1:1")] }]) { Verdict = Verdict.Ok });
        Assert.Equal(["shop/deployment/web", "other/pod/web"], view.Rows.Select(r => r.Label));
        Assert.Equal("2 pods on 1 node: all start", view.Summary());
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(true, "1", false)]
    [InlineData(true, "", true)]
    [InlineData(false, null, false)]
    public void Colours_are_for_terminals_whose_user_does_not_refuse_them(bool terminal, string? refused, bool coloured)
    {
        using var place = new Place { OutputIsTerminal = terminal };
        if (refused is not null) place.With("NO_COLOR", refused);
        var text = ClusterText.Render(new(MadeReports.Mixed()), ClusterColours.For(place.Caller(Stream.Null, TextWriter.Null)));
        Assert.Equal(coloured, text.Contains("\e[31mImagePullBackOff\e[0m  \e[32mok\e[0m", StringComparison.Ordinal));
        Assert.Equal(coloured, text.Contains('\e'));
    }

    [Fact]
    public void Words_of_strangers_steer_no_terminal()
    {
        var nodes = MadeReports.Nodes("linux/amd64", "b\eig");
        var cell = MadeReports.Failing(nodes);
        var outcome = cell.Outcome! with { Pod = cell.Outcome.Pod with { Refusal = "no\e[2J\nok" } };
        var view = new ClusterView(new([nodes], [MadeReports.Group(["web"], cell with { Outcome = outcome })]) { Verdict = Verdict.Failure });
        Assert.Contains("\nrefused\n  no?[2J?ok\n", ClusterText.Render(view));
        Assert.DoesNotContain('\e', ClusterText.Render(view) + ClusterMarkdown.Render(view) + ClusterExplain.Render(ClusterAnswer.To(ClusterQuestion.Parse("web"), view.Report)));
    }
}
