using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Viaduct.Cli.Printing;
using Viaduct.Reports;
using Viaduct.Simulation;

namespace Viaduct.Cli.Tests;

/// <summary>A cluster's report for scripts, for CI systems and for people who ask why.</summary>
public sealed class ClusterReportTests
{
    private static readonly ClusterView Mixed = new(MadeReports.Mixed());

    [Fact]
    public void Json_has_every_pod_on_every_kind_of_nodes()
    {
        var json = JsonDocument.Parse(ClusterJson.Write(Mixed)).RootElement;
        Schemas.Conforms("cluster.schema.json", json);
        Assert.Equal(["pi-1", "pi-2"], json.GetProperty("nodeGroups")[0].GetProperty("nodes").EnumerateArray().Select(n => n.GetString()!));
        var cell = json.GetProperty("podGroups")[0].GetProperty("cells")[0];
        Assert.Equal(("ImagePullBackOff", "yes", "failure"), (Of(cell, "word"), Of(cell, "lands"), Of(cell, "verdict")));
        var container = cell.GetProperty("containers")[0];
        Assert.Equal(("IfNotPresent", "waiting", "ImagePullBackOff"), (Of(container, "policy"), Of(container, "phase"), Of(container, "reason")));
        var trial = container.GetProperty("credentials").GetProperty("trials")[0];
        Assert.Equal(("secret", "secret shop/regcred", "registry.example", MadeReports.Refused), (Of(trial, "origin"), Of(trial, "source"), Of(trial, "key"), Of(trial, "error")));
        Assert.Equal("no", Of(json.GetProperty("podGroups")[2].GetProperty("cells")[1], "lands"));
        Assert.Equal("VF101", Of(json.GetProperty("causes")[0].GetProperty("findings")[0], "code"));

        static string? Of(JsonElement element, string member) => element.GetProperty(member).GetString();
    }

    [Theory]
    [InlineData(false, 2, 2)]
    [InlineData(true, 4, 0)]
    public void JUnit_has_a_case_for_each_pod_and_kind_of_nodes_that_it_can_come_to(bool strict, int failures, int skipped)
    {
        var suites = XDocument.Parse(Encoding.UTF8.GetString(ClusterJUnit.Render(Mixed, strict))).Root!;
        Assert.Equal(("5", $"{failures}", $"{skipped}"), ((string)suites.Attribute("tests")!, (string)suites.Attribute("failures")!, (string)suites.Attribute("skipped")!));
        Assert.Equal(["linux/arm/v7 x2", "big", "scheduling"], suites.Elements().Select(s => (string)s.Attribute("name")!));
        var failed = suites.Descendants("failure").First();
        Assert.Equal("ImagePullBackOff", (string)failed.Attribute("type")!);
        Assert.Equal("deployment/web", (string)failed.Parent!.Attribute("name")!);
        Assert.Contains(MadeReports.Refused, failed.Value);
    }

    [Fact]
    public void JUnit_is_XML_whatever_strangers_write()
    {
        var nodes = MadeReports.Nodes("linux/amd64", "\u0001\ud800\uffff<&>\"");
        var cell = MadeReports.Failing(nodes);
        var view = new ClusterView(new([nodes], [MadeReports.Group(["]]>\0"], cell)]) { Verdict = Verdict.Failure });
        Assert.Equal("?\ufffd?<&>\"", (string)XDocument.Parse(Encoding.UTF8.GetString(ClusterJUnit.Render(view, false))).Root!.Element("testsuite")!.Attribute("name")!);
    }

    [Fact]
    public void Markdown_is_a_table_and_a_section_for_each_cause()
    {
        var text = ClusterMarkdown.Render(Mixed);
        Assert.StartsWith("## Pods on nodes\n\n3 pods on 4 nodes: 1 fails, 1 comes to no node, 1 is not known\n\n| POD | linux/arm/v7 x2 | big | main |\n| --- |", text);
        Assert.Contains("| deployment/web | **ImagePullBackOff** | ok | - |\n", text);
        Assert.Contains($"\n### ImagePullBackOff: registry.example/app:1\n\n    Failed to pull image \"{MadeReports.Image}\": {MadeReports.Refused}\n\n- pods: deployment/web\n", text);
    }

    [Fact]
    public void Markdown_stays_below_what_a_step_may_have()
    {
        var text = ClusterMarkdown.Render(new(MadeReports.Wide(20, 2_000)));
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 1, 1 << 20);
    }

    [Fact]
    public void Markdown_makes_nothing_of_words_of_strangers()
    {
        var nodes = MadeReports.Nodes("linux/amd64", "<img src=x> ![a](b) @team `c`|d");
        var text = ClusterMarkdown.Render(new(new([nodes], [MadeReports.Group(["web"], MadeReports.Fine(nodes))]) { Verdict = Verdict.Ok }));
        Assert.Contains("&lt;img src=x> \\!\\[a\\](b) &#64;team \\`c\\`\\|d", text);
    }

    [Theory]
    [InlineData("deployment/web@pi-2", 1)]
    [InlineData("deploy/web@big", 1)]
    [InlineData("deployment.apps/web@main", 1)]
    [InlineData("shop/deployment/web", 3)]
    [InlineData("web", 3)]
    [InlineData("web@nowhere", 0)]
    [InlineData("pod/web", 0)]
    [InlineData("other/deployment/web", 0)]
    [InlineData("deployment/wep", 0)]
    public void A_question_names_pods_and_a_node(string question, int answers)
    {
        Assert.Equal(answers, ClusterAnswer.To(ClusterQuestion.Parse(question), Mixed.Report).Count);
    }

    [Fact]
    public void An_explanation_is_what_kubectl_describes_and_how_it_was_decided()
    {
        var text = ClusterExplain.Render(ClusterAnswer.To(ClusterQuestion.Parse("deployment/web@pi-2"), Mixed.Report));
        Assert.Equal($"""
            Name:            web (Deployment, app.yaml:1:1)
            Namespace:       shop
            Node:            pi-2 (and 1 like it)
            Containers:
              app:
                Image:         registry.example/app:1
                State:         Waiting
                  Reason:        ImagePullBackOff
                  Message:       Back-off pulling image "registry.example/app:1": ErrImagePull: {MadeReports.Refused}
            Events:
              Type     Reason     Age                 From               Message
              ----     ------     ---                 ----               -------
              Normal   Scheduled  5m                  default-scheduler  Successfully assigned shop/web
              Normal   Pulling    2m30s (x5 over 5m)  kubelet            Pulling image "registry.example/app:1"
              Warning  Failed     2m30s (x5 over 5m)  kubelet            Failed to pull image "registry.example/app:1": {MadeReports.Refused}
              Warning  Failed     2m30s (x5 over 5m)  kubelet            Error: ErrImagePull

            How it was decided:
              app: failure
                policy       IfNotPresent (default: the tag is not :latest)
                on the node  no
                tried        1. secret shop/regcred, key registry.example: {MadeReports.Refused}
                missing      secret absent
                passed over  /var/lib/kubelet/config.json: the key registry.example/v2 does not match
                selected     nothing
                finding      VF101 platform-missing: node pi-2 finds nothing for it
                note         The registry refuses the account.

            """, text);
    }

    [Fact]
    public void A_node_that_a_pod_cannot_come_to_is_explained_by_the_schedulers_words()
    {
        var text = ClusterExplain.Render(ClusterAnswer.To(ClusterQuestion.Parse("deployment/edge@big"), Mixed.Report));
        Assert.Contains("Scheduling:      node(s) didn't match Pod's node affinity/selector\nNowhere:         shop/edge: 0/4 nodes", text);
    }

    [Fact]
    public void No_form_of_a_report_has_a_password_or_its_hash()
    {
        var forms = string.Concat(
            ClusterText.Render(Mixed), ClusterMarkdown.Render(Mixed), Encoding.UTF8.GetString(ClusterJson.Write(Mixed)), Encoding.UTF8.GetString(ClusterJUnit.Render(Mixed, true)),
            ClusterExplain.Render(ClusterAnswer.To(ClusterQuestion.Parse("web"), Mixed.Report)));
        Assert.Contains("secret shop/regcred", forms);
        Assert.DoesNotContain(MadeReports.Secret, forms);
        Assert.DoesNotContain("robot", forms);
        Assert.DoesNotContain(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(MadeReports.Secret))), forms);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes($"robot:{MadeReports.Secret}")), forms);
    }
}
