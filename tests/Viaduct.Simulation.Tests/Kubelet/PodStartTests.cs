using Viaduct.Oci;

namespace Viaduct.Simulation.Tests;

/// <summary>Whole pods: the order of containers, credentials in turn, what is not known.</summary>
public sealed class PodStartTests
{
    private static readonly HttpAnswer TooMany = new(429);

    [Fact]
    public async Task Containers_after_an_init_container_that_fails_wait_for_it()
    {
        var bench = new KubeletBench();
        var pod = KubeletBench.Pod([], KubeletBench.Container("open.io/app"), KubeletBench.Container("r.io/init", role: ContainerRole.Init, name: "second"),
            KubeletBench.Container("open.io/init", role: ContainerRole.Init, name: "first"), KubeletBench.Container("open.io/debug", role: ContainerRole.Ephemeral, name: "debug"));
        var outcome = await bench.StartAsync(pod with { Containers = [pod.Containers[2], pod.Containers[1], pod.Containers[0], pod.Containers[3]] });
        Assert.Equal(Verdict.Failure, outcome.Verdict);
        Assert.Equal(["first Completed", "second ImagePullBackOff", "app PodInitializing", "debug "], outcome.Containers.Select(c => $"{c.Container.Container.Name} {c.State.Reason}"));
        Assert.DoesNotContain("open.io/app -", bench.Registries.Asked);
    }

    [Fact]
    public async Task Containers_without_init_containers_fail_each_for_itself()
    {
        var outcome = await new KubeletBench().StartAsync(KubeletBench.Pod([], KubeletBench.Container("r.io/a", name: "a"), KubeletBench.Container("open.io/b", name: "b")));
        Assert.Equal([Verdict.Failure, Verdict.Ok], outcome.Containers.Select(c => c.Verdict));
        Assert.Equal("Scheduled: Successfully assigned shop/web to node-a", $"{outcome.Events[0].Reason}: {outcome.Events[0].Message}");
        Assert.Equal(outcome.Events.OrderBy(e => e.At), outcome.Events);
    }

    [Theory]
    [InlineData("containerd 1.6", "", "failed to resolve reference \"r.io/pause:3.9\": pulling from host r.io failed with status code [manifests 3.9]: 401 Unauthorized")]
    [InlineData("containerd 2.1", "failed to start sandbox \"<id>\": ", "failed to resolve image: pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials")]
    public async Task Without_its_sandbox_image_no_pod_starts(string runtime, string step, string why)
    {
        var bench = new KubeletBench { Runtime = runtime, Setup = new() { SandboxImage = "r.io/pause:3.9" } };
        var outcome = await bench.StartAsync(KubeletBench.Pod([], KubeletBench.Container("open.io/app")));
        Assert.Equal((Verdict.Failure, "ContainerCreating"), (outcome.Verdict, outcome.Containers[0].State.Reason));
        Assert.Equal($"Failed to create pod sandbox: rpc error: code = Unknown desc = {step}failed to get sandbox image \"r.io/pause:3.9\": failed to pull image \"r.io/pause:3.9\": failed to pull and unpack image \"r.io/pause:3.9\": {why}",
            outcome.Events.Single(e => e.Reason == "FailedCreatePodSandBox").Message);
        Assert.Equal(["r.io/pause:3.9 -"], bench.Registries.Asked);
    }

    [Fact]
    public async Task A_sandbox_image_that_is_there_is_not_asked_for()
    {
        var bench = new KubeletBench { Setup = new() { SandboxImage = "r.io/pause:3.9", Images = [new(["r.io/pause:3.9"])] } };
        Assert.Equal(Verdict.Ok, (await bench.StartAsync(KubeletBench.Pod([], KubeletBench.Container("open.io/app")))).Verdict);
    }

    [Fact]
    public async Task Credentials_are_tried_in_turn_until_one_is_taken()
    {
        var bench = Bench(KubeletBench.Secret("shop", "a", "wrong"), KubeletBench.Secret("shop", "b", "right"), KubeletBench.Secret("shop", "c", "never"));
        var outcome = await bench.OneAsync("r.io/team/app:1", null, "a", "b", "c");
        Assert.Equal(Verdict.Ok, outcome.Verdict);
        Assert.Equal(["r.io/team/app:1 wrong", "r.io/team/app:1 right"], bench.Registries.Asked);
        Assert.Equal([true, false], outcome.Trials.Select(t => t.Error is not null));
    }

    [Fact]
    public async Task Different_errors_of_several_credentials_are_told_in_brackets_each_once()
    {
        var secrets = new[] { KubeletBench.Secret("shop", "a", "wrong"), KubeletBench.Secret("shop", "b", "busy"), KubeletBench.Secret("shop", "c", "wrong", password: "x") };
        var bench = new KubeletBench
        {
            Objects = new() { Secrets = secrets },
            First = (_, login) => login?.Username == "busy" ? new() { Answer = new() { Manifest = TooMany } } : null,
        };
        var outcome = await bench.OneAsync("r.io/a:1", null, "a", "b", "c");
        const string Start = "failed to pull and unpack image \"r.io/a:1\": failed to resolve image: unexpected status from HEAD request to https://r.io/v2/a/manifests/1: ";
        Assert.Equal($"Back-off pulling image \"r.io/a:1\": ErrImagePull: [{Start}401 Unauthorized, {Start}429 Too Many Requests]", outcome.State.Message);
        Assert.Equal(3, outcome.Trials.Count);
    }

    [Fact]
    public async Task A_stale_credential_breaks_a_public_image()
    {
        var bench = Bench(KubeletBench.Secret("shop", "stale", "old", "open.io"));
        Assert.Equal((Verdict.Failure, Verdict.Ok), ((await bench.OneAsync("open.io/app", null, "stale")).Verdict, (await bench.OneAsync("open.io/app")).Verdict));
        Assert.Equal(["open.io/app old", "open.io/app -"], bench.Registries.Asked);
    }

    [Fact]
    public async Task A_login_that_is_not_shown_leaves_it_unknown_and_never_ok()
    {
        var bench = new KubeletBench { Objects = new() { Secrets = [KubeletBench.Secret("shop", "a", "right")] }, First = (_, login) => login is null ? null : new() { Unknown = "the login is not shown" } };
        var outcome = await bench.OneAsync("r.io/a", null, "a");
        Assert.Equal((Verdict.Unknown, new ContainerState("unknown", null, "the login is not shown")), (outcome.Verdict, outcome.State));
        Assert.Contains(outcome.Notes, n => n.StartsWith("if it is let in: Successfully pulled", StringComparison.Ordinal) && n.Contains("otherwise: Failed to pull image", StringComparison.Ordinal));
        Assert.Contains(outcome.Notes, n => n.Contains("a login that it does not take", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_no_login_is_offered_none_is_spoken_of()
    {
        var outcome = await new KubeletBench { First = (_, _) => new() { Unknown = "r.io was not asked" } }.OneAsync("r.io/a");
        Assert.Equal(Verdict.Unknown, outcome.Verdict);
        Assert.Contains(outcome.Notes, n => n.StartsWith("if it is there for everybody: ", StringComparison.Ordinal));
        Assert.DoesNotContain(outcome.Notes, n => n.Contains("does not take", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_fails_whatever_the_login_is_a_failure_though_a_login_is_unknown()
    {
        var bench = new KubeletBench
        {
            Objects = new() { Secrets = [KubeletBench.Secret("shop", "a", "x"), KubeletBench.Secret("shop", "b", "y")] },
            First = (_, login) => login?.Username == "x" ? new() { Unknown = "not shown" } : new() { Answer = new() { Failure = new(ConnectionFault.Refused, "10.0.0.1") } },
        };
        Assert.Equal(Verdict.Failure, (await bench.OneAsync("r.io/a", null, "a", "b")).Verdict);
    }

    [Fact]
    public async Task An_image_for_another_machine_alone_fails_in_the_words_of_the_runtime()
    {
        var bench = new KubeletBench { First = (_, _) => KubeletBench.Given(new(), "linux/arm64") };
        var outcome = await bench.OneAsync("open.io/app:1");
        Assert.Equal("ImagePullBackOff", outcome.State.Reason);
        Assert.Matches("^rpc error: code = NotFound desc = get image config descriptor: no match for platform in manifest sha256:[0-9a-f]{64}: not found$", outcome.Trials[0].Error!);
        Assert.Equal((null, FindingKinds.PlatformMissing), (outcome.Pull!.Selected, Assert.Single(outcome.Pull.Findings).Kind));
        Assert.Contains(outcome.Notes, n => n.EndsWith(FindingKinds.PlatformMissing.Remedy, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_single_image_for_another_machine_is_pulled_and_crashes()
    {
        var outcome = await new KubeletBench { Platform = "linux/arm64" }.OneAsync("open.io/app:1");
        Assert.Equal((Verdict.Failure, "CrashLoopBackOff"), (outcome.Verdict, outcome.State.Reason));
        Assert.Contains(outcome.Events, e => e.Reason == "Pulled");
        Assert.NotEmpty(outcome.Notes);
    }

    [Theory]
    [InlineData("IfNotPresent", "open.io/app", Verdict.Ok)]
    [InlineData("IfNotPresent", "r.io/app", Verdict.Unknown)]
    [InlineData("Never", "open.io/app", Verdict.Unknown)]
    [InlineData("Always", "r.io/app", Verdict.Failure)]
    public async Task Where_not_all_images_of_a_node_are_known_only_what_ends_well_both_ways_is_ok(string policy, string image, Verdict verdict)
    {
        var outcome = await new KubeletBench { Setup = new() { KnowsAllImages = false } }.OneAsync(image, policy);
        Assert.Equal((verdict, (bool?)null), (outcome.Verdict, outcome.WasPresent));
    }

    [Theory]
    [InlineData("1.34", Verdict.Ok)]
    [InlineData("1.35", Verdict.Unknown)]
    public async Task An_image_of_unknown_origin_may_be_kept_from_a_pod(string version, Verdict verdict)
    {
        var setup = new KubeletSetup { Images = [new(["r.io/app:1"]) { Origin = ImageOrigin.Unknown }] };
        Assert.Equal(verdict, (await new KubeletBench { Version = version, Setup = setup }.OneAsync("r.io/app:1")).Verdict);
    }

    [Fact]
    public async Task A_pull_secret_that_is_missing_is_said_and_the_pull_goes_on()
    {
        var outcome = await Bench(KubeletBench.Secret("shop", "other", "x")).StartAsync(KubeletBench.Pod(["b", "a"], KubeletBench.Container("open.io/app")));
        Assert.Equal(Verdict.Ok, outcome.Verdict);
        Assert.Equal("Unable to retrieve some image pull secrets (b, a); attempting to pull the image may not succeed.", outcome.Events.Single(e => e.Reason == "FailedToRetrieveImagePullSecret").Message);
    }

    [Theory]
    [InlineData("open.io/app")]
    [InlineData("r.io/app")]
    public async Task A_pull_secret_that_nobody_read_decides_and_is_not_known(string image)
    {
        var outcome = await Bench().StartAsync(KubeletBench.Pod(["regcred"], KubeletBench.Container(image)));
        Assert.Equal(Verdict.Unknown, outcome.Verdict);
        Assert.Contains("regcred", outcome.Containers[0].State.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(outcome.Events, e => e.Reason == "FailedToRetrieveImagePullSecret");
    }

    [Fact]
    public async Task A_thousand_pods_of_one_image_ask_its_registry_once()
    {
        var registries = new KubeletBench().Registries;
        var pulls = new SharedPulls(registries);
        var pod = new Admission(new(), new()).Admit(KubeletBench.Pod([], KubeletBench.Container("open.io/app")));
        var node = Node.Of(Platform.Parse("linux/amd64"));
        var kubelets = Enumerable.Range(0, 20).Select(_ => new KubeletSimulator(node, new(KubeletSetup.Default, KubernetesVersion.Default, null!), pulls, null)).ToList();
        await Parallel.ForAsync(0, 1000, async (i, ct) => Assert.Equal(Verdict.Ok, (await kubelets[i % 20].StartAsync(pod, ct)).Verdict));
        Assert.Equal((1, 1), (registries.Asked.Count, pulls.Asked));
    }

    [Fact]
    public async Task A_password_is_in_nothing_that_comes_out()
    {
        var outcome = await Bench(KubeletBench.Secret("shop", "a", "wrong", password: "hunter2-xyz")).StartAsync(KubeletBench.Pod(["a"], KubeletBench.Container("r.io/app")));
        Assert.DoesNotContain("hunter2", string.Join('\n', outcome.ToString(), outcome.Containers[0].ToString(), string.Join('\n', outcome.Containers[0].Notes), string.Join('\n', outcome.Events)), StringComparison.Ordinal);
    }

    private static KubeletBench Bench(params PullSecret[] secrets) => new() { Objects = new() { Secrets = secrets } };
}
