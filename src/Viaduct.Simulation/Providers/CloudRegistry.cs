using System.Text.RegularExpressions;

namespace Viaduct.Simulation;

/// <summary>A registry of one of the clouds, known by its host name.</summary>
/// <param name="Kind"><c>ecr</c>, <c>ecr-public</c>, <c>gcr</c>, <c>acr</c>, <c>icr</c> or <c>ocir</c>.</param>
/// <param name="Title">As its cloud calls it.</param>
/// <param name="Provider">The exec plugin that logs in there; null where there is none.</param>
internal sealed partial record CloudRegistry(string Kind, string Title, string Host, string? Provider)
{
    /// <summary>The AWS account; null of others.</summary>
    public string? Account { get; init; }

    public string? Region { get; init; }

    /// <param name="imageName">Normalized, or with tag and digest; only its host is looked at.</param>
    /// <returns>Null for every other registry.</returns>
    public static CloudRegistry? Of(string imageName)
    {
        var host = imageName.Split('/', 2)[0];
        if (Ecr().Match(host) is { Success: true } ecr)
            return new("ecr", "Amazon ECR", host, "ecr-credential-provider") { Account = ecr.Groups["account"].Value, Region = ecr.Groups["region"].Value };
        if (host == "public.ecr.aws") return new("ecr-public", "Amazon ECR Public", host, "ecr-credential-provider") { Region = "us-east-1" };
        if (Google().Match(host) is { Success: true } google)
            return new("gcr", google.Groups["region"].Success ? "Google Artifact Registry" : "Google Container Registry", host, "auth-provider-gcp")
            {
                Region = google.Groups["region"] is { Success: true, Value: var region } ? region : null,
            };
        if (Azure().IsMatch(host)) return new("acr", "Azure Container Registry", host, "acr-credential-provider");
        if (Ibm().Match(host) is { Success: true } ibm)
            return new("icr", "IBM Cloud Container Registry", host, null) { Region = ibm.Groups["region"] is { Success: true, Value: var region } ? region : "global" };
        if (Oracle().Match(host) is { Success: true } oracle)
            return new("ocir", "Oracle Cloud Infrastructure Registry", host, null) { Region = oracle.Groups["region"].Value };
        return null;
    }

    // cloud-provider-aws, cmd/ecr-credential-provider/main.go: the hosts that the plugin itself knows.
    [GeneratedRegex(@"^(?<account>\d{12})\.dkr[.-]ecr(-fips)?\.(?<region>[a-zA-Z0-9][a-zA-Z0-9-_]*)\.(amazonaws\.com(\.cn)?|on\.(aws|amazonwebservices\.com\.cn)|sc2s\.sgov\.gov|c2s\.ic\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Ecr();

    [GeneratedRegex(@"^(([a-z0-9-]+\.)?gcr\.io|container\.cloud\.google\.com|(?<region>[a-z0-9-]+)-docker\.pkg\.dev)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Google();

    [GeneratedRegex(@"^[a-zA-Z0-9-]+(\.[a-z0-9]+\.data)?\.azurecr\.(io|cn|us|de)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Azure();

    [GeneratedRegex(@"^((private\.)?(?<region>[a-z]{2}[0-9]?)\.)?icr\.io$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Ibm();

    [GeneratedRegex(@"^((?<region>[a-z0-9-]+)\.ocir\.io|ocir\.(?<region>[a-z0-9-]+)\.oci\.oraclecloud\.com)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Oracle();
}
