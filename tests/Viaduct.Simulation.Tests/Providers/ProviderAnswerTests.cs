using static Viaduct.Simulation.Tests.ProviderTexts;

namespace Viaduct.Simulation.Tests;

/// <summary>pkg/credentialprovider/plugin/plugin.go: which images go to a provider, and which answers kubelet takes.</summary>
public class ProviderAnswerTests
{
    [Theory]
    [InlineData("*.dkr.ecr.*.amazonaws.com", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app", true)]
    [InlineData("*.dkr.ecr.*.amazonaws.com", "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/app", false)]
    [InlineData("*.azurecr.io", "shop.azurecr.io/app", true)]
    [InlineData("*.azurecr.io", "a.b.azurecr.io/app", false)]
    [InlineData("gcr.io", "gcr.io/p/app", true)]
    [InlineData("*.gcr.io", "gcr.io/p/app", false)]
    [InlineData("r.io/team", "r.io/team/app", true)]
    [InlineData("r.io/team", "r.io/tea/app", false)]
    [InlineData("r.io/te", "r.io/team/app", true)]
    [InlineData("r.io", "r.io:443/app", false)]
    [InlineData("r.io:443", "r.io:443/app", true)]
    [InlineData("r.io:443", "r.io/app", false)]
    [InlineData("https://r.io", "r.io/app", false)]
    [InlineData("docker.io", "docker.io/library/nginx", true)]
    [InlineData("index.docker.io", "docker.io/library/nginx", false)]
    public async Task A_provider_is_asked_for_images_that_match(string pattern, string image, bool asked)
    {
        var answers = new CountingAnswers();

        await Node(answers, "1.34", Provider(Answer(), pattern)).FindAsync(image);

        Assert.Equal(asked ? 1 : 0, answers.Requests.Count);
    }

    [Theory]
    [InlineData("credentialprovider.kubelet.k8s.io/v1")]
    [InlineData("credentialprovider.kubelet.k8s.io/v1beta1")]
    [InlineData("credentialprovider.kubelet.k8s.io/v1alpha1")]
    public async Task The_request_is_what_kubelet_writes(string version)
    {
        var answers = new CountingAnswers();

        await Node(answers, "1.35", Provider(Answer(version: version)) with { ApiVersion = version }).FindAsync("r.io/app");

        Assert.Equal($$"""{"kind":"CredentialProviderRequest","apiVersion":"{{version}}","image":"r.io/app"}""" + "\n", Assert.Single(answers.Requests));
    }

    [Fact]
    public async Task What_matching_providers_give_is_handed_on_in_their_order()
    {
        var found = await Node(null, "1.35",
            Provider(Answer("""{"r.io":{"username":"one","password":"a"},"*.io":{"username":"two","password":"b"}}""")) with { Name = "first" },
            Provider(Answer("""{"other.io":{"username":"three"}}""")) with { Name = "second" }).FindAsync("r.io/app");

        Assert.Null(found.Unknown);
        Assert.Empty(found.Remarks);
        Assert.Equal(["provider first", "provider second"], found.Given.Select(g => g.Source));
        Assert.All(found.Given, g => Assert.Equal(CredentialOrigin.ExecProvider, g.Origin));
        Assert.Equal(["r.io one", "*.io two", "other.io three"], found.Given.SelectMany(g => g.Entries).Select(e => $"{e.Pattern} {e.Login.Username}"));
        Assert.Equal("", found.Given[1].Entries[0].Login.Password);
    }

    [Theory]
    [InlineData("", "error reading GVK from response")]
    [InlineData("hello", "error reading GVK from response")]
    [InlineData("[]", "error reading GVK from response")]
    [InlineData("kind: CredentialProviderResponse", "error reading GVK from response")]
    [InlineData("{", "error reading GVK from response")]
    [InlineData("{}{}", "error reading GVK from response")]
    [InlineData("{}", "apiVersion from credential plugin response did not match expected apiVersion:credentialprovider.kubelet.k8s.io/v1, actual apiVersion:")]
    [InlineData("""{"kind":"CredentialProviderResponse","apiVersion":"credentialprovider.kubelet.k8s.io/v1beta1","cacheKeyType":"Image","auth":{}}""", "did not match expected apiVersion:credentialprovider.kubelet.k8s.io/v1, actual apiVersion:credentialprovider.kubelet.k8s.io/v1beta1")]
    [InlineData("""{"kind":"CredentialProviderRequest","apiVersion":"credentialprovider.kubelet.k8s.io/v1","image":"x"}""", "error decoding credential provider plugin response from stdout")]
    [InlineData("""{"kind":"CredentialProviderResponse","apiVersion":"credentialprovider.kubelet.k8s.io/v1","cacheKeyType":"Image","auth":{"r.io":{"username":"u","passwd":"p"}}}""", "error decoding credential provider plugin response from stdout")]
    [InlineData("""{"kind":"CredentialProviderResponse","apiVersion":"credentialprovider.kubelet.k8s.io/v1","cacheKeyType":"Image","auth":{"r.io":{"username":"u","password":5}}}""", "error decoding credential provider plugin response from stdout")]
    [InlineData("""{"kind":"CredentialProviderResponse","apiVersion":"credentialprovider.kubelet.k8s.io/v1","cacheKeyType":"Image","auth":[]}""", "error decoding credential provider plugin response from stdout")]
    [InlineData("""{"kind":"CredentialProviderResponse","apiVersion":"credentialprovider.kubelet.k8s.io/v1","cacheKeyType":"Image","cacheDuration":"6 hours","auth":{}}""", "error decoding credential provider plugin response from stdout")]
    [InlineData("""{"kind":"CredentialProviderResponse","apiVersion":"credentialprovider.kubelet.k8s.io/v1","cacheKeyType":"Image","cacheKeyType":"Image","auth":{}}""", "error decoding credential provider plugin response from stdout")]
    [InlineData("""{"kind":"CredentialProviderResponse","apiVersion":"credentialprovider.kubelet.k8s.io/v1","auth":{}}""", "credential provider plugin did not return a valid cacheKeyType: \"\"")]
    [InlineData("""{"kind":"CredentialProviderResponse","apiVersion":"credentialprovider.kubelet.k8s.io/v1","cacheKeyType":"image","auth":{}}""", "credential provider plugin did not return a valid cacheKeyType: \"image\"")]
    public async Task An_answer_that_kubelet_throws_away_gives_nothing(string answer, string error)
    {
        var found = await Node(null, "1.35", Provider(answer)).FindAsync("r.io/app");

        Assert.Empty(found.Given);
        Assert.Null(found.Unknown);
        Assert.Contains(error, Assert.Single(found.Remarks), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"kind":"CredentialProviderResponse","apiVersion":"credentialprovider.kubelet.k8s.io/v1","cacheKeyType":"Global","cacheDuration":null,"auth":{"r.io":null}}""")]
    [InlineData("""  {"kind":"CredentialProviderResponse","apiVersion":"credentialprovider.kubelet.k8s.io/v1","cacheKeyType":"Registry","cacheDuration":"5h59m30s","auth":{"r.io":{}}}""")]
    public async Task An_entry_without_name_and_password_is_one(string answer)
    {
        var found = await Node(null, "1.35", Provider(answer)).FindAsync("r.io/app");

        Assert.Equal(new RegistryLogin("", ""), Assert.Single(Assert.Single(found.Given).Entries).Login);
    }

    [Fact]
    public async Task An_answer_without_credentials_is_told()
    {
        var found = await Node(null, "1.35", Provider(Answer("null"))).FindAsync("r.io/app");

        Assert.Equal("provider p answers with no credentials", Assert.Single(found.Remarks));
    }

    [Fact]
    public async Task Without_an_answer_it_is_not_known_and_said_how_to_give_one()
    {
        var found = await Node(null, "1.35", Provider("") with { CannedAnswer = null }).FindAsync("r.io/app");

        Assert.Empty(found.Given);
        Assert.Contains("--exec-providers", found.Unknown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kubelet_that_would_not_start_gives_nothing_known()
    {
        var setup = KubeletSetup.Default with { Providers = new([]) { Refusal = "bad" } };

        var found = await new NodeProviders(setup, KubernetesVersion.Default, new CannedAnswers()).FindAsync("r.io/app");

        Assert.Contains("does not start", found.Unknown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_without_providers_finds_nothing() =>
        Assert.Same(ProviderFindings.Nothing, await new NodeProviders(KubeletSetup.Default, KubernetesVersion.Default, new CannedAnswers()).FindAsync("r.io/app"));

    [Fact]
    public async Task Secrets_are_in_no_text()
    {
        var provider = Provider(Answer("""{"r.io":{"username":"name7","password":"word8"}}""")) with { Env = new Dictionary<string, string> { ["KEY"] = "word9" } };
        var found = await Node(null, "1.35", provider).FindAsync("r.io/app");
        var broken = await Node(null, "1.35", Provider(Answer("""{"r.io":{"username":"name7","password":"word8","word9":1}}"""))).FindAsync("r.io/app");

        var texts = string.Join('\n', provider, found, found.Given[0], found.Given[0].Entries[0], new ProviderAnswer("word8"), string.Join('\n', broken.Remarks), ProviderResponse.Read(provider.CannedAnswer!, null, out _));
        Assert.DoesNotContain("word", texts, StringComparison.Ordinal);
        Assert.DoesNotContain("name7", texts, StringComparison.Ordinal);
    }
}
