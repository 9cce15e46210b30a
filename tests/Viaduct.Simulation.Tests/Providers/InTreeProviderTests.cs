using static Viaduct.Simulation.Tests.ProviderTexts;

namespace Viaduct.Simulation.Tests;

/// <summary>pkg/credentialprovider/{aws,gcp,azure} up to 1.30; the gate DisableKubeletCloudCredentialProviders; CHANGELOG-1.27 for ECR.</summary>
public class InTreeProviderTests
{
    private const string Ecr = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app";
    private const string Gate = "DisableKubeletCloudCredentialProviders";

    [Theory]
    [InlineData("1.26", "aws", null, Ecr, true)]
    [InlineData("1.27", "aws", null, Ecr, false)]
    [InlineData("1.28", "aws", false, Ecr, false)]
    [InlineData("1.28", "gce", null, "gcr.io/p/app", true)]
    [InlineData("1.28", "gce", null, "us.gcr.io/p/app", true)]
    [InlineData("1.28", "gce", null, "a.b.gcr.io/p/app", false)]
    [InlineData("1.28", "gce", null, "europe-docker.pkg.dev/p/r/app", true)]
    [InlineData("1.28", "gce", null, "docker.io/library/nginx", false)]
    [InlineData("1.28", "gce", true, "gcr.io/p/app", false)]
    [InlineData("1.28", "azure", null, "shop.azurecr.io/app", true)]
    [InlineData("1.28", "azure", null, "shop.azurecr.cn/app", true)]
    [InlineData("1.28", "azure", null, "gcr.io/p/app", false)]
    [InlineData("1.28", null, null, "gcr.io/p/app", false)]
    [InlineData("1.29", "gce", null, "gcr.io/p/app", false)]
    [InlineData("1.29", "gce", false, "gcr.io/p/app", true)]
    [InlineData("1.30", "azure", null, "shop.azurecr.io/app", false)]
    [InlineData("1.30", "azure", false, "shop.azurecr.io/app", true)]
    [InlineData("1.31", "gce", false, "gcr.io/p/app", false)]
    [InlineData("1.35", "azure", false, "shop.azurecr.io/app", false)]
    public async Task The_built_in_provider_is_at_work_by_version_gate_and_cloud(string version, string? cloud, bool? gate, string image, bool asks)
    {
        var setup = KubeletSetup.Default with { Cloud = cloud, FeatureGates = gate is { } set ? new Dictionary<string, bool> { [Gate] = set } : NoGates };

        var found = await new NodeProviders(setup, KubernetesVersion.Parse(version), new CannedAnswers()).FindAsync(image);

        Assert.Equal(asks, found.Unknown?.Contains("providerAnswers", StringComparison.Ordinal) ?? false);
        Assert.Empty(found.Given);
    }

    [Fact]
    public async Task Its_answer_may_be_given_and_goes_before_plugins()
    {
        var setup = KubeletSetup.Default with
        {
            Cloud = "gce",
            InTreeAnswers = new Dictionary<string, string> { ["gcr"] = Answer("""{"gcr.io":{"username":"_token","password":"p"}}""") },
            Providers = new([Provider(Answer("""{"gcr.io":{"username":"plugin","password":"p"}}"""), "gcr.io")]),
        };

        var found = await new NodeProviders(setup, new(1, 28), new CannedAnswers()).FindAsync("gcr.io/p/app");

        Assert.Null(found.Unknown);
        Assert.Equal([CredentialOrigin.InTreeProvider, CredentialOrigin.ExecProvider], found.Given.Select(g => g.Origin));
        Assert.Equal(["_token", "plugin"], found.Given.Select(g => g.Entries[0].Login.Username));
    }

    [Fact]
    public async Task An_answer_that_is_none_is_told()
    {
        var setup = KubeletSetup.Default with { Cloud = "gce", InTreeAnswers = new Dictionary<string, string> { ["gcr"] = "secret" } };

        var found = await new NodeProviders(setup, new(1, 28), new CannedAnswers()).FindAsync("gcr.io/p/app");

        Assert.DoesNotContain("secret", Assert.Single(found.Remarks), StringComparison.Ordinal);
    }
}
