using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

/// <summary>What a simulation says, and the causes that are left.</summary>
public sealed class CausesAgainstClusterTests
{
    private const string Image = "r.example/a:1";
    private const string Status = "pulling from host r.example failed with status code [manifests 1]: 401 Unauthorized";
    private static readonly Diagnosis Read = Assert.Single(MessageReader.Read($"Failed to pull image \"{Image}\": {Status}"));
    private static readonly OfferedCredential Offered = new(CredentialOrigin.Secret, "secret default/regcred", "r.example", new("robot", "s3cret"));

    [Fact]
    public void Without_a_login_it_is_no_wrong_password()
    {
        var names = Names(Report(Verdict.Failure, new CredentialTrial(null, Status)));
        Assert.Contains("no-credential", names);
        Assert.DoesNotContain("wrong-password", names);
    }

    [Fact]
    public void With_a_login_it_is_not_that_there_is_none()
    {
        var names = Names(Report(Verdict.Failure, new CredentialTrial(Offered, Status)));
        Assert.Contains("wrong-password", names);
        Assert.DoesNotContain("no-credential", names);
    }

    [Fact]
    public void Where_all_is_predicted_to_be_well_what_the_files_show_is_not_the_cause()
    {
        var narrowed = CausesAgainstCluster.Narrow(Read, Report(Verdict.Ok, new CredentialTrial(Offered, null)));
        Assert.Equal(["wrong-password", "token-ended", "stale-login-on-public-image"], narrowed.Causes.Select(c => c.Cause.Name));
        Assert.Contains("The files predict that this image is pulled", narrowed.Notes[0]);
    }

    [Fact]
    public void Another_failure_that_is_predicted_leaves_its_causes_and_all_where_they_share_none()
    {
        var narrowed = CausesAgainstCluster.Narrow(Read, Report(Verdict.Failure, new CredentialTrial(null, "dial tcp 10.0.0.1:443: connect: connection refused")));
        Assert.Equal(Read.Causes, narrowed.Causes);
        Assert.Contains(narrowed.Notes, n => n.Contains("None of the causes fits"));
        Assert.Contains(narrowed.Notes, n => n.Contains("Nothing listens on that port."));
    }

    [Fact]
    public void An_image_that_no_pod_has_changes_nothing()
    {
        var other = Assert.Single(MessageReader.Read($"Failed to pull image \"other.example/b:1\": {Status}"));
        var narrowed = CausesAgainstCluster.Narrow(other, Report(Verdict.Ok));
        Assert.Equal(other.Causes, narrowed.Causes);
        Assert.Single(narrowed.Notes);
    }

    [Fact]
    public void Why_a_login_was_not_found_is_told_and_the_login_is_not()
    {
        var notes = CausesAgainstCluster.Narrow(Read, Report(Verdict.Failure, new CredentialTrial(Offered, Status))).Notes;
        Assert.Contains("the key r.example/v2 does not match", notes);
        Assert.DoesNotContain(notes, n => n.Contains("s3cret"));
    }

    private static List<string> Names(ClusterReport report) => [.. CausesAgainstCluster.Narrow(Read, report).Causes.Select(c => c.Cause.Name)];

    private static ClusterReport Report(Verdict verdict, params CredentialTrial[] trials)
    {
        var node = new Node("n", Platform.Parse("linux/amd64"));
        var container = new PodContainer("app", Image, ContainerRole.App, "app.yaml:1:1");
        var pod = new Pod("default", "web", "app.yaml:1:1") { Containers = [container] };
        var outcome = new ContainerOutcome(new(container, PullPolicy.Always, "written"), verdict, new(verdict == Verdict.Ok ? "running" : "waiting"))
        {
            Trials = trials,
            Credentials = new() { Remarks = ["the key r.example/v2 does not match"] },
        };
        var admitted = new AdmittedPod(pod, [outcome.Container], new("default", [], [], null));
        return new([new([node])], [new([pod], [new(new(Verdict.Ok), new PodOutcome(admitted, node, verdict, [outcome]))])]) { Verdict = verdict };
    }
}
