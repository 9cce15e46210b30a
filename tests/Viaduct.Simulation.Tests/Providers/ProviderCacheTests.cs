using static Viaduct.Simulation.Tests.ProviderTexts;

namespace Viaduct.Simulation.Tests;

/// <summary>pkg/credentialprovider/plugin/plugin.go, getCachedCredentials and provide; KEP-4412 for tokens.</summary>
public class ProviderCacheTests
{
    private static readonly string[] Images = ["r.io/a", "r.io/b", "r.io/a", "s.io/a"];

    private static readonly TokenAttributes Attributes = new("registry", "ServiceAccount", true) { RequiredAnnotations = ["role"], OptionalAnnotations = ["extra"] };

    [Theory]
    [InlineData("Image", "", 3)]
    [InlineData("Registry", "", 2)]
    [InlineData("Global", "", 1)]
    [InlineData("Registry", ",\"cacheDuration\":\"1s\"", 2)]
    [InlineData("Global", ",\"cacheDuration\":null", 1)]
    [InlineData("Global", ",\"cacheDuration\":\"0s\"", 3)]
    [InlineData("Registry", ",\"cacheDuration\":\"-1s\"", 3)]
    public async Task A_provider_is_asked_once_for_what_its_answer_may_be_kept_for(string keyType, string rest, int asked)
    {
        var answers = new CountingAnswers();
        var node = Node(answers, "1.35", Provider(Answer(keyType: keyType, rest: rest), "r.io", "s.io"));

        foreach (var image in Images) Assert.Single((await node.FindAsync(image)).Given);

        Assert.Equal(asked, answers.Requests.Count);
    }

    [Fact]
    public async Task Without_a_duration_the_default_counts_and_zero_keeps_nothing()
    {
        var answers = new CountingAnswers();
        var node = Node(answers, "1.35", Provider(Answer(keyType: "Global"), "r.io", "s.io") with { DefaultCacheDuration = TimeSpan.Zero });

        foreach (var image in Images) await node.FindAsync(image);

        Assert.Equal(3, answers.Requests.Count);
    }

    [Fact]
    public async Task Ten_thousand_images_at_the_same_time_ask_once_for_each_registry()
    {
        var answers = new CountingAnswers();
        var node = Node(answers, "1.35", Provider(Answer(keyType: "Registry"), "*.io"));

        await Parallel.ForAsync(0, 10_000, TestContext.Current.CancellationToken, async (i, ct) => await node.FindAsync(Pod(), $"r{i % 7}.io/app{i}", ct));

        Assert.Equal(7, answers.Requests.Count);
    }

    [Theory]
    [InlineData("1.33", null, false)]
    [InlineData("1.33", true, true)]
    [InlineData("1.34", null, true)]
    [InlineData("1.35", null, true)]
    [InlineData("1.35", false, false)]
    public async Task A_token_goes_with_the_request_by_version_and_gate(string version, bool? gate, bool sent)
    {
        var gates = gate is { } on ? new Dictionary<string, bool> { ["KubeletServiceAccountTokenForCredentialProviders"] = on } : NoGates;
        var setup = KubeletSetup.Default with { FeatureGates = gates, Providers = new([Provider(Answer()) with { Tokens = Attributes }]) };
        var answers = new CountingAnswers();
        var account = Account(("role", "r"), ("extra", "e"), ("none", "n"));

        var found = await new NodeProviders(setup, KubernetesVersion.Parse(version), answers).FindAsync("r.io/app", account);

        var tail = sent ? $$$""","serviceAccountToken":"{{{ProviderRequest.Token}}}","serviceAccountAnnotations":{"extra":"e","role":"r"}}""" : "}";
        Assert.EndsWith("\"image\":\"r.io/app\"" + tail + "\n", Assert.Single(answers.Requests), StringComparison.Ordinal);
        Assert.Equal(sent ? account : null, Assert.Single(found.Given).ServiceAccount);
    }

    [Fact]
    public async Task Without_a_required_annotation_it_is_not_run()
    {
        var answers = new CountingAnswers();

        var found = await Node(answers, "1.35", Provider(Answer()) with { Tokens = Attributes }).FindAsync("r.io/app", Account(("extra", "e")));

        Assert.Empty(answers.Requests);
        Assert.Equal("provider p takes this image but is not run: required annotation role not found on ServiceAccount shop/sa", Assert.Single(found.Remarks));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task A_pod_without_a_service_account_gets_what_does_not_need_one(bool required, int asked)
    {
        var answers = new CountingAnswers();

        var found = await Node(answers, "1.35", Provider(Answer()) with { Tokens = new("registry", "Token", required) }).FindAsync("r.io/app");

        Assert.Equal(asked, answers.Requests.Count);
        Assert.All(answers.Requests, request => Assert.DoesNotContain("serviceAccount", request, StringComparison.Ordinal));
        Assert.Equal(1 - asked, found.Remarks.Count);
    }

    [Theory]
    [InlineData("1.33", "ServiceAccount", true)]
    [InlineData("1.34", "ServiceAccount", false)]
    [InlineData("1.34", "Token", true)]
    public async Task A_token_given_back_as_the_password_counts_only_where_it_is_kept_by_token(string version, string cacheType, bool counts)
    {
        var answer = Answer($$$"""{"r.io":{"username":"u","password":"{{{ProviderRequest.Token}}}"}}""");
        var setup = KubeletSetup.Default with
        {
            FeatureGates = new Dictionary<string, bool> { ["KubeletServiceAccountTokenForCredentialProviders"] = true },
            Providers = new([Provider(answer) with { Tokens = new("registry", cacheType, true) }]),
        };

        var found = await new NodeProviders(setup, KubernetesVersion.Parse(version), new CannedAnswers()).FindAsync("r.io/app", Account());

        Assert.Equal(counts ? 1 : 0, found.Given.Count);
        Assert.Equal(counts ? 0 : 1, found.Remarks.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_needs_a_token_of_an_account_that_nobody_read_is_not_known(bool required)
    {
        var node = Node(null, "1.35", Provider(Answer()) with { Tokens = new("registry", "Token", required) });

        var found = await node.FindAsync(Pod() with { AccountIsUnread = true }, "r.io/app", TestContext.Current.CancellationToken);

        Assert.Equal((0, 0, "provider p wants a token of the pod's ServiceAccount, and that was not read"), (found.Given.Count, found.Remarks.Count, found.Unknown));
    }

    [Fact]
    public async Task Accounts_do_not_share_what_is_kept()
    {
        var answers = new CountingAnswers();
        var node = Node(answers, "1.35", Provider(Answer(keyType: "Global")) with { Tokens = new("registry", "ServiceAccount", true) });

        await node.FindAsync("r.io/a", Account());
        await node.FindAsync("r.io/b", Account());
        await node.FindAsync("r.io/a", Account() with { Name = "other" });

        Assert.Equal(2, answers.Requests.Count);
    }

    private static ServiceAccount Account(params (string Key, string Value)[] annotations) =>
        new("shop", "sa", "a.yaml:1:1") { Annotations = annotations.ToDictionary(a => a.Key, a => a.Value) };
}
