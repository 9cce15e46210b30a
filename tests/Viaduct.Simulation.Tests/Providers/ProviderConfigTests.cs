using static Viaduct.Simulation.Tests.ProviderTexts;

namespace Viaduct.Simulation.Tests;

/// <summary>pkg/credentialprovider/plugin/config.go and the strict decoding before it.</summary>
public class ProviderConfigTests
{
    [Theory]
    [InlineData("1.28")]
    [InlineData("1.30")]
    [InlineData("1.32")]
    [InlineData("1.33")]
    [InlineData("1.34")]
    [InlineData("1.35")]
    public void A_configuration_is_read_whole_by_every_version(string version)
    {
        var setup = Read(Config, version);

        Assert.Null(setup.Refusal);
        var provider = Assert.Single(setup.Providers);
        Assert.Equal("ecr-credential-provider", provider.Name);
        Assert.Equal(["*.dkr.ecr.*.amazonaws.com", "r.io/team"], provider.MatchImages);
        Assert.Equal(TimeSpan.FromHours(12), provider.DefaultCacheDuration);
        Assert.Equal(["get-credentials", "1"], provider.Args);
        Assert.Equal("pulls", provider.Env["AWS_PROFILE"]);
        Assert.Equal("c.yaml:4:3", provider.Where);
    }

    [Fact]
    public void The_same_as_JSON_is_the_same()
    {
        var setup = Read("""{"kind":"CredentialProviderConfig","apiVersion":"kubelet.config.k8s.io/v1","providers":[{"name":"p","matchImages":["r.io"],"defaultCacheDuration":"0s","apiVersion":"credentialprovider.kubelet.k8s.io/v1beta1"}]}""");

        Assert.Null(setup.Refusal);
        Assert.Equal(TimeSpan.Zero, Assert.Single(setup.Providers).DefaultCacheDuration);
    }

    [Theory]
    [InlineData("v1", true)]
    [InlineData("v1beta1", true)]
    [InlineData("v1alpha1", true)]
    [InlineData("v2", false)]
    public void Three_versions_of_the_format_are_known(string version, bool known) =>
        Assert.Equal(known, Read(Config.Replace("config.k8s.io/v1\n", $"config.k8s.io/{version}\n", StringComparison.Ordinal)).Refusal is null);

    [Theory]
    [InlineData("name: ecr-credential-provider", "name: a/b", "providers.name: Invalid value: \"a/b\": provider name cannot contain '/'")]
    [InlineData("name: ecr-credential-provider", "name: a b", "providers.name: Invalid value: \"a b\": provider name cannot contain spaces")]
    [InlineData("name: ecr-credential-provider", "name: .", "providers.name: Invalid value: \".\": provider name cannot be '.'")]
    [InlineData("name: ecr-credential-provider", "name: ..", "providers.name: Invalid value: \"..\": provider name cannot be '..'")]
    [InlineData("  apiVersion: cred", "  # apiVersion: cred", "providers.apiVersion: Required value")]
    [InlineData("kubelet.k8s.io/v1\n  args", "kubelet.k8s.io/v2\n  args", "providers.apiVersion: Unsupported value: \"credentialprovider.kubelet.k8s.io/v2\": supported values: \"credentialprovider.kubelet.k8s.io/v1\", \"credentialprovider.kubelet.k8s.io/v1alpha1\", \"credentialprovider.kubelet.k8s.io/v1beta1\"")]
    [InlineData("matchImages: [\"*.dkr.ecr.*.amazonaws.com\", \"r.io/team\"]", "matchImages: []", "providers.matchImages: Required value: at least 1 item in matchImages is required")]
    [InlineData("\"r.io/team\"", "\"%gg\"", "providers.matchImages: Invalid value: \"%gg\": match image is invalid: parse \"https://%gg\": invalid URL escape \"%gg\"")]
    [InlineData("  defaultCacheDuration: 12h", "  # none", "providers.defaultCacheDuration: Required value")]
    [InlineData("12h", "-1m", "providers.defaultCacheDuration: Invalid value: \"-1m0s\": defaultCacheDuration must be greater than or equal to 0")]
    public void A_configuration_that_cannot_be_keeps_kubelet_from_starting(string from, string to, string error) =>
        Assert.Equal($"failed to validate credential provider config: {error}", Read(Config.Replace(from, to, StringComparison.Ordinal)).Refusal);

    [Theory]
    [InlineData("12h", "1d", "time: unknown unit \"d\" in duration \"1d\"")]
    [InlineData("12h", "12", "json: cannot unmarshal number into Go value of type string")]
    [InlineData("name: ecr-credential-provider", "name: 7", "json: cannot unmarshal number into Go struct field CredentialProvider.providers.name of type string")]
    [InlineData("value: pulls", "value: 1", "json: cannot unmarshal number into Go struct field ExecEnvVar.providers.env.value of type string")]
    [InlineData("value: pulls", "value: on", "json: cannot unmarshal bool into Go struct field ExecEnvVar.providers.env.value of type string")]
    [InlineData("\"r.io/team\"]", "8]", "json: cannot unmarshal number into Go struct field CredentialProvider.providers.matchImages of type string")]
    [InlineData("[get-credentials, \"1\"]", "get", "json: cannot unmarshal string into Go struct field CredentialProvider.providers.args of type []string")]
    [InlineData("args:", "arguments:", "strict decoding error: unknown field \"providers[0].arguments\"")]
    [InlineData("matchImages:", "matchimages:", "strict decoding error: unknown field \"providers[0].matchimages\"")]
    [InlineData("kind:", "spec: 1\nkind:", "strict decoding error: unknown field \"spec\"")]
    [InlineData("    value: pulls", "    value: pulls\n    secret: x", "strict decoding error: unknown field \"providers[0].env[0].secret\"")]
    [InlineData("kind: Cred", "kind: Credx", "no kind \"CredxentialProviderConfig\" is registered for version \"kubelet.config.k8s.io/v1\"")]
    [InlineData("kind: CredentialProviderConfig", "", "Object 'Kind' is missing in '…'")]
    [InlineData("apiVersion: kubelet.config.k8s.io/v1\n", "", "Object 'apiVersion' is missing in '…'")]
    public void What_cannot_be_decoded_strictly_is_refused_in_kubelets_words(string from, string to, string error) =>
        Assert.Equal($"error decoding config \"c.yaml\": {error}", Read(Config.Replace(from, to, StringComparison.Ordinal)).Refusal);

    [Fact]
    public void Several_errors_stand_in_brackets_and_each_once()
    {
        var text = Config.Replace("12h", "-1s", StringComparison.Ordinal).Replace("name: ecr-credential-provider", "name: 'a/b c'", StringComparison.Ordinal);

        Assert.Equal("failed to validate credential provider config: [providers.name: Invalid value: \"a/b c\": provider name cannot contain '/', "
            + "providers.name: Invalid value: \"a/b c\": provider name cannot contain spaces, "
            + "providers.defaultCacheDuration: Invalid value: \"-1s\": defaultCacheDuration must be greater than or equal to 0]", Read(text).Refusal);
    }

    [Fact]
    public void An_empty_file_and_a_list_without_providers_are_refused()
    {
        Assert.Equal("error decoding config \"c.yaml\": Object 'Kind' is missing in ''", Read("").Refusal);
        Assert.Equal("failed to validate credential provider config: providers: Required value: at least 1 item in plugins is required",
            Read("apiVersion: kubelet.config.k8s.io/v1\nkind: CredentialProviderConfig\n").Refusal);
    }

    [Fact]
    public void A_name_that_is_there_twice_in_a_mapping_is_not_strict() =>
        Assert.Contains("key \"args\" already set in map", Read(Config + "\n  args: []").Refusal, StringComparison.Ordinal);

    [Fact]
    public void What_is_not_YAML_is_refused_and_not_repeated()
    {
        var refusal = Read("kind: [secretword").Refusal;

        Assert.StartsWith("error decoding config \"c.yaml\": couldn't get version/kind; json parse error: ", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("secretword", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.32", null, "strict decoding error: unknown field \"providers[0].tokenAttributes\"")]
    [InlineData("1.33", null, "strict decoding error: unknown field \"providers[0].tokenAttributes.cacheType\"")]
    [InlineData("1.34", null, null)]
    [InlineData("1.35", null, null)]
    [InlineData("1.34", false, "providers.tokenAttributes: Forbidden: tokenAttributes is not supported when KubeletServiceAccountTokenForCredentialProviders feature gate is disabled")]
    public void Tokens_of_service_accounts_are_known_by_version_and_gate(string version, bool? gate, string? error)
    {
        var refusal = Read(WithTokens, version, gate).Refusal;

        if (error is null) Assert.Null(refusal);
        else Assert.EndsWith(error, refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.33", true, true)]
    [InlineData("1.33", null, false)]
    [InlineData("1.34", null, false)]
    public void Without_a_cache_type_the_alpha_alone_takes_them(string version, bool? gate, bool taken) =>
        Assert.Equal(taken, Read(WithTokens.Replace("    cacheType: ServiceAccount\n", "", StringComparison.Ordinal), version, gate).Refusal is null);

    [Theory]
    [InlineData("serviceAccountTokenAudience: registry", "serviceAccountTokenAudience: ''", "providers.tokenAttributes.serviceAccountTokenAudience: Required value")]
    [InlineData("    requireServiceAccount: true\n", "", "providers.tokenAttributes.requireServiceAccount: Required value")]
    [InlineData("requireServiceAccount: true", "requireServiceAccount: false", "providers.tokenAttributes.requiredServiceAccountAnnotationKeys: Forbidden: requireServiceAccount cannot be false when requiredServiceAccountAnnotationKeys is set")]
    [InlineData("[r.io/extra]", "[r.io/role]", "providers.tokenAttributes: Invalid value: \"r.io/role\": annotation keys cannot be both required and optional")]
    [InlineData("[r.io/extra]", "[a, a]", "providers.tokenAttributes.optionalServiceAccountAnnotationKeys: Duplicate value: \"a\"")]
    [InlineData("[r.io/extra]", "['']", "name part must be non-empty")]
    [InlineData("[r.io/extra]", "[R.io/Extra]", null)]
    [InlineData("[r.io/extra]", "[-a]", "name part must consist of alphanumeric characters")]
    [InlineData("cacheType: ServiceAccount", "cacheType: Pod", "providers.tokenAttributes.cacheType: Unsupported value: \"Pod\": supported values: \"ServiceAccount\", \"Token\"")]
    [InlineData("kubelet.k8s.io/v1\n  args", "kubelet.k8s.io/v1beta1\n  args", "providers.tokenAttributes: Forbidden: tokenAttributes is only supported for credentialprovider.kubelet.k8s.io/v1 API version")]
    public void Attributes_of_tokens_have_rules_of_their_own(string from, string to, string? error)
    {
        var refusal = Read(WithTokens.Replace(from, to, StringComparison.Ordinal)).Refusal;

        if (error is null) Assert.Null(refusal);
        else Assert.Contains(error, refusal, StringComparison.Ordinal);
    }
}
