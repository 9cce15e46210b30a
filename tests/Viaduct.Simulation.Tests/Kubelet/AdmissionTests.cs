namespace Viaduct.Simulation.Tests;

/// <summary>Defaulting, ServiceAccount and AlwaysPullImages.</summary>
public sealed class AdmissionTests
{
    private const string Digest = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Theory]
    // image, written, with AlwaysPullImages: policy, why
    [InlineData("nginx", null, false, PullPolicy.Always, "default: the tag is :latest")]
    [InlineData("nginx:latest", null, false, PullPolicy.Always, "default: the tag is :latest")]
    [InlineData("host:5000/app", null, false, PullPolicy.Always, "default: the tag is :latest")]
    [InlineData("nginx:1.27", null, false, PullPolicy.IfNotPresent, "default: the tag is not :latest")]
    [InlineData("nginx@" + Digest, null, false, PullPolicy.IfNotPresent, "default: the tag is not :latest")]
    [InlineData("nginx:1.27@" + Digest, null, false, PullPolicy.IfNotPresent, "default: the tag is not :latest")]
    [InlineData("nginx:latest@" + Digest, null, false, PullPolicy.Always, "default: the tag is :latest")]
    [InlineData("No/Name", null, false, PullPolicy.IfNotPresent, "default: the tag is not :latest")]
    [InlineData("nginx", "", false, PullPolicy.Always, "default: the tag is :latest")]
    [InlineData("nginx", "Never", false, PullPolicy.Never, "written")]
    [InlineData("nginx:1", "Always", false, PullPolicy.Always, "written")]
    [InlineData("nginx:1", "Never", true, PullPolicy.Always, "AlwaysPullImages")]
    [InlineData("nginx:1", null, true, PullPolicy.Always, "AlwaysPullImages")]
    public void A_policy_is_written_or_follows_from_the_tag(string image, string? written, bool always, PullPolicy policy, string why)
    {
        var admitted = Admit(KubeletBench.Pod([], KubeletBench.Container(image, written)), always);
        Assert.Equal((policy, why, (string?)null), (admitted.Containers[0].Policy, admitted.Containers[0].PolicyWhy, admitted.Refusal));
    }

    [Theory]
    [InlineData(ContainerRole.Init, PullPolicy.Always)]
    [InlineData(ContainerRole.Sidecar, PullPolicy.Always)]
    [InlineData(ContainerRole.Ephemeral, PullPolicy.Always)]
    [InlineData(ContainerRole.ImageVolume, PullPolicy.IfNotPresent)]
    public void AlwaysPullImages_takes_containers_of_all_kinds_and_no_volumes(ContainerRole role, PullPolicy policy) =>
        Assert.Equal(policy, Admit(KubeletBench.Pod([], KubeletBench.Container("a:1", role: role)), always: true).Containers[0].Policy);

    [Fact]
    public void A_static_pod_passes_admission_by_and_gets_no_secrets()
    {
        var admitted = Admit(KubeletBench.Pod(["own"], KubeletBench.Container("a:1")) with { IsStatic = true, ServiceAccount = "nobody" }, always: true, secrets: ["own"]);
        Assert.Equal((PullPolicy.IfNotPresent, null), (admitted.Containers[0].Policy, admitted.Refusal));
        Assert.Equal((0, "own", null), (admitted.Identity.Secrets.Count, Assert.Single(admitted.Identity.Missing), admitted.Identity.ServiceAccount));
    }

    [Theory]
    // the pod's account and secrets: what it gets
    [InlineData(null, "", "a,b")]
    [InlineData("default", "", "a,b")]
    [InlineData("robot", "", "c")]
    [InlineData(null, "c", "c")]
    [InlineData("robot", "a,b", "a,b")]
    public void Secrets_come_from_the_pod_or_else_from_its_account(string? account, string own, string given)
    {
        var pod = KubeletBench.Pod(own.Split(',', StringSplitOptions.RemoveEmptyEntries), KubeletBench.Container("a")) with { ServiceAccount = account };
        var admitted = Admit(pod, false, ["a", "b", "c"], Account("default", "a", "b"), Account("robot", "c"));
        Assert.Equal(given, string.Join(',', admitted.Identity.Secrets.Select(s => s.Name)));
        Assert.Equal(own.Length > 0, admitted.Remarks.Any(r => r.Contains("gets none of the ServiceAccount", StringComparison.Ordinal)));
    }

    // the namespaces of the pull secrets that were read, all named cred but in shop: whether shop/cred counts as missing
    [Theory]
    [InlineData("", false)]
    [InlineData("else", false)]
    [InlineData("shop", true)]
    [InlineData("ops", true)]
    public void A_secret_is_missing_only_where_what_was_read_says_so(string read, bool missing)
    {
        var objects = new ClusterObjects { Secrets = read.Length == 0 ? [] : [KubeletBench.Secret(read, read == "ops" ? "cred" : "other", "x")] };
        var identity = new Admission(objects, new()).Admit(KubeletBench.Pod(["cred"], KubeletBench.Container("a:1"))).Identity;
        Assert.Equal((missing ? 1 : 0, missing ? 0 : 1), (identity.Missing.Count, identity.Unread.Count));
    }

    [Fact]
    public void A_secret_of_another_namespace_is_missing_and_named()
    {
        var objects = new ClusterObjects { Secrets = [KubeletBench.Secret("ops", "cred", "x")] };
        var admitted = new Admission(objects, new()).Admit(KubeletBench.Pod(["cred"], KubeletBench.Container("a")));
        Assert.Equal(["cred"], admitted.Identity.Missing);
        Assert.Contains("there is one in ops", Assert.Single(admitted.Remarks), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Pod", "pods \"web\" is forbidden: error looking up service account shop/nobody: serviceaccount \"nobody\" not found")]
    [InlineData("ReplicaSet", "pods \"web-\" is forbidden: error looking up service account shop/nobody: serviceaccount \"nobody\" not found")]
    public void A_pod_of_no_account_is_forbidden(string kind, string refusal) =>
        Assert.Equal(refusal, Admit(KubeletBench.Pod([], KubeletBench.Container("a")) with { Kind = kind, ServiceAccount = "nobody" }, false, null, Account("other")).Refusal);

    // what the pod has of its own: what is not known of its secrets
    [Theory]
    [InlineData("", "the ServiceAccount web")]
    [InlineData("own", "")]
    public void An_account_is_not_known_where_none_of_the_namespace_was_read(string own, string unread)
    {
        var pod = KubeletBench.Pod(own.Length == 0 ? [] : [own], KubeletBench.Container("a:1")) with { ServiceAccount = "web" };
        var admitted = Admit(pod, false, ["own"]);
        Assert.Null(admitted.Refusal);
        Assert.Equal(unread, string.Join(',', admitted.Identity.Unread));
        Assert.True(admitted.Identity.AccountIsUnread);
        Assert.Equal(own, string.Join(',', admitted.Identity.Secrets.Select(s => s.Name)));
    }

    [Fact]
    public void An_account_may_insist_on_its_own_secrets()
    {
        var strict = Account("strict", "a") with { Annotations = new Dictionary<string, string> { ["kubernetes.io/enforce-mountable-secrets"] = "true" } };
        var pod = KubeletBench.Pod(["a", "b"], KubeletBench.Container("x")) with { ServiceAccount = "strict" };
        Assert.Equal("pods \"web\" is forbidden: imagePullSecrets[1].name=\"b\" is not allowed because service account strict does not reference that imagePullSecret", Admit(pod, false, ["a", "b"], strict).Refusal);
    }

    [Theory]
    [InlineData("Pod", "", null, "Pod \"web\" is invalid: spec.containers[0].image: Required value")]
    [InlineData("Deployment", " nginx", null, "Deployment \"web\" is invalid: spec.template.spec.containers[0].image: Invalid value: \" nginx\": must not have leading or trailing whitespace")]
    [InlineData("CronJob", "nginx", "always", "CronJob \"web\" is invalid: spec.jobTemplate.spec.template.spec.containers[0].imagePullPolicy: Unsupported value: \"always\": supported values: \"Always\", \"IfNotPresent\", \"Never\"")]
    [InlineData("Pod", "", "x", "Pod \"web\" is invalid: [spec.containers[0].image: Required value, spec.containers[0].imagePullPolicy: Unsupported value: \"x\": supported values: \"Always\", \"IfNotPresent\", \"Never\"]")]
    public void What_the_api_server_refuses_is_never_started(string kind, string image, string? policy, string refusal) =>
        Assert.Equal(refusal, Admit(KubeletBench.Pod([], KubeletBench.Container(image, policy)) with { Kind = kind }, false).Refusal);

    [Fact]
    public async Task A_refused_pod_fails_without_any_question()
    {
        var bench = new KubeletBench();
        var outcome = await bench.StartAsync(KubeletBench.Pod([], KubeletBench.Container("open.io/a", "sometimes")));
        Assert.Equal((Verdict.Failure, 0), (outcome.Verdict, outcome.Events.Count));
        Assert.Empty(bench.Registries.Asked);
    }

    private static ServiceAccount Account(string name, params string[] secrets) => new("shop", name, "") { ImagePullSecrets = secrets };

    private static AdmittedPod Admit(Pod pod, bool always, string[]? secrets = null, params ServiceAccount[] accounts) =>
        new Admission(new() { Secrets = [.. (secrets ?? []).Select(s => KubeletBench.Secret("shop", s, "x"))], ServiceAccounts = accounts }, new() { AlwaysPullImages = always }).Admit(pod);
}
