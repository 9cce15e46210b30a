using System.Text;

namespace Viaduct.Simulation.Tests;

/// <summary>Configurations and answers that the tests of providers share.</summary>
internal static class ProviderTexts
{
    public const string V1 = "credentialprovider.kubelet.k8s.io/v1";

    public const string Config = """
        apiVersion: kubelet.config.k8s.io/v1
        kind: CredentialProviderConfig
        providers:
        - name: ecr-credential-provider
          matchImages: ["*.dkr.ecr.*.amazonaws.com", "r.io/team"]
          defaultCacheDuration: 12h
          apiVersion: credentialprovider.kubelet.k8s.io/v1
          args: [get-credentials, "1"]
          env:
          - name: AWS_PROFILE
            value: pulls
        """;

    public const string WithTokens = Config + """

          tokenAttributes:
            serviceAccountTokenAudience: registry
            cacheType: ServiceAccount
            requireServiceAccount: true
            requiredServiceAccountAnnotationKeys: [r.io/role]
            optionalServiceAccountAnnotationKeys: [r.io/extra]
        """;

    public static readonly IReadOnlyDictionary<string, bool> NoGates = new Dictionary<string, bool>();

    public static ProviderSetup Read(string text, string version = "1.35", bool? tokens = null) => ProviderConfig.Of(
        [("c.yaml", Encoding.UTF8.GetBytes(text))], KubernetesVersion.Parse(version),
        tokens is { } gate ? new Dictionary<string, bool> { ["KubeletServiceAccountTokenForCredentialProviders"] = gate } : NoGates);

    public static string Answer(string auth = """{"r.io":{"username":"u","password":"p"}}""", string keyType = "Image", string rest = "", string version = V1) =>
        $$"""{"kind":"CredentialProviderResponse","apiVersion":"{{version}}","cacheKeyType":"{{keyType}}"{{rest}},"auth":{{auth}}}""";

    public static CredentialProvider Provider(string answer, params string[] images) => new("p", images.Length == 0 ? ["r.io"] : images)
    {
        ApiVersion = V1,
        DefaultCacheDuration = TimeSpan.FromHours(1),
        CannedAnswer = answer,
    };

    public static PodIdentity Pod(ServiceAccount? account = null) => new("shop", [], [], account);

    public static NodeProviders Node(IProviderAnswers? answers, string version, params CredentialProvider[] providers) =>
        new(KubeletSetup.Default with { Providers = new(providers) }, KubernetesVersion.Parse(version), answers ?? new CannedAnswers());

    public static Task<ProviderFindings> FindAsync(this NodeProviders node, string image, ServiceAccount? account = null) =>
        node.FindAsync(Pod(account), image, TestContext.Current.CancellationToken).AsTask();
}
