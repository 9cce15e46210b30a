using static Viaduct.Simulation.Tests.ProviderTexts;

namespace Viaduct.Simulation.Tests;

public class CloudRegistryTests
{
    [Theory]
    [InlineData("123456789012.dkr.ecr.eu-west-1.amazonaws.com/app", "ecr 123456789012 eu-west-1")]
    [InlineData("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/app", "ecr 123456789012 cn-north-1")]
    [InlineData("123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com/app", "ecr 123456789012 us-gov-west-1")]
    [InlineData("123456789012.dkr-ecr.eu-west-1.on.aws/app", "ecr 123456789012 eu-west-1")]
    [InlineData("12345.dkr.ecr.eu-west-1.amazonaws.com/app", null)]
    [InlineData("public.ecr.aws/nginx/nginx", "ecr-public  us-east-1")]
    [InlineData("gcr.io/p/app", "gcr  ")]
    [InlineData("eu.gcr.io/p/app", "gcr  ")]
    [InlineData("a.b.gcr.io/p/app", null)]
    [InlineData("europe-west1-docker.pkg.dev/p/r/app", "gcr  europe-west1")]
    [InlineData("shop.azurecr.io/app", "acr  ")]
    [InlineData("shop.azurecr.us/app", "acr  ")]
    [InlineData("icr.io/ibm/app", "icr  global")]
    [InlineData("de.icr.io/n/app", "icr  de")]
    [InlineData("private.jp2.icr.io/n/app", "icr  jp2")]
    [InlineData("fra.ocir.io/tenancy/app", "ocir  fra")]
    [InlineData("ocir.eu-frankfurt-1.oci.oraclecloud.com/tenancy/app", "ocir  eu-frankfurt-1")]
    [InlineData("docker.io/library/nginx", null)]
    [InlineData("gcr.io.evil.example/app", null)]
    [InlineData("", null)]
    public void A_cloud_is_known_by_the_host(string image, string? kind) =>
        Assert.Equal(kind, CloudRegistry.Of(image) is { } found ? $"{found.Kind} {found.Account} {found.Region}" : null);

    [Theory]
    [InlineData("123456789012.dkr.ecr.eu-west-1.amazonaws.com/app", "ecr:BatchGetImage in account 123456789012, region eu-west-1")]
    [InlineData("public.ecr.aws/nginx/nginx", "none is needed")]
    [InlineData("gcr.io/p/app", "auth-provider-gcp")]
    [InlineData("shop.azurecr.io/app", "AcrPull")]
    [InlineData("de.icr.io/n/app", "copy it to shop")]
    [InlineData("fra.ocir.io/tenancy/app", "TENANCY/USER")]
    public void Without_a_credential_people_are_told_what_is_usual(string image, string words) =>
        Assert.Contains(words, Assert.Single(CloudRemarks.Of(Pod(), image, [])), StringComparison.Ordinal);

    [Fact]
    public void In_the_namespace_default_IBM_has_a_secret_already() =>
        Assert.Contains("name it in imagePullSecrets", Assert.Single(CloudRemarks.Of(Pod() with { Namespace = "default" }, "icr.io/n/app", [])), StringComparison.Ordinal);

    [Theory]
    [InlineData("123456789012.dkr.ecr.eu-west-1.amazonaws.com", "AWS", "p", "12 hours")]
    [InlineData("123456789012.dkr.ecr.eu-west-1.amazonaws.com", "AKIA", "p", "is AWS, and here is another")]
    [InlineData("gcr.io", "oauth2accesstoken", "p", "after an hour")]
    [InlineData("gcr.io", "_json_key", "p", null)]
    [InlineData("gcr.io", "me", "p", "_json_key")]
    [InlineData("shop.azurecr.io", "00000000-0000-0000-0000-000000000000", "", "identitytoken")]
    [InlineData("shop.azurecr.io", "00000000-0000-0000-0000-000000000000", "p", "three hours")]
    [InlineData("shop.azurecr.io", "shop", "p", null)]
    [InlineData("de.icr.io", "iamapikey", "p", null)]
    [InlineData("de.icr.io", "me", "p", "iamapikey")]
    [InlineData("fra.ocir.io", "tenancy/me", "p", null)]
    [InlineData("fra.ocir.io", "me", "p", "without a tenancy")]
    [InlineData("r.io", "AWS", "p", null)]
    public void A_login_that_is_odd_for_its_cloud_is_told(string host, string user, string password, string? words)
    {
        var remarks = CloudRemarks.Of(Pod(), host + "/app", [new(CredentialOrigin.Secret, "secret shop/regcred", host, new(user, password))]);

        if (words is null) Assert.Empty(remarks);
        else Assert.Contains(words, Assert.Single(remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_provider_gave_is_fresh() => Assert.Empty(CloudRemarks.Of(Pod(), "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app",
        [new(CredentialOrigin.ExecProvider, "provider ecr-credential-provider", "x", new("AWS", "p"))]));
}
