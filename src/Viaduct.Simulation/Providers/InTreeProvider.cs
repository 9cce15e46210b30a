namespace Viaduct.Simulation;

/// <summary>
/// The provider that older kubelets have built in for the cloud they run on: ECR up to 1.26, Google's and Azure's registries up to 1.28, and up
/// to 1.30 where a gate keeps them (pkg/credentialprovider/{aws,gcp,azure} of those releases; CHANGELOG-1.27: #116329 removed the one for AWS).
/// </summary>
internal sealed class InTreeProvider
{
    private static readonly KubernetesVersion NoEcr = new(1, 27);

    private readonly RegistryPattern[] _patterns;
    private readonly string? _answer;
    private readonly string _name;

    private InTreeProvider(string name, string? answer, IEnumerable<string> patterns)
    {
        (_name, _answer) = (name, answer);
        _patterns = [.. patterns.Select(p => RegistryPattern.Parse(p)).OfType<RegistryPattern>()];
    }

    public string Source => $"kubelet's own provider {_name}";

    /// <returns>Null where kubelet has none, or its cloud is not told.</returns>
    public static InTreeProvider? Of(KubeletSetup setup, KubernetesVersion kubernetes)
    {
        if (!ProviderGates.InTree(kubernetes, setup.FeatureGates)) return null;
        return setup.Cloud switch
        {
            "aws" when kubernetes < NoEcr => Make("ecr", ["*.dkr.ecr.*.amazonaws.com", "*.dkr.ecr-fips.*.amazonaws.com", "*.dkr.ecr.*.amazonaws.com.cn"]),
            "gce" => Make("gcr", ["container.cloud.google.com", "gcr.io", "*.gcr.io", "*.pkg.dev"]),
            "azure" => Make("acr", ["*.azurecr.io", "*.azurecr.cn", "*.azurecr.de", "*.azurecr.us"]),
            _ => null,
        };

        InTreeProvider Make(string name, string[] patterns) => new(name, setup.InTreeAnswers.GetValueOrDefault(name), patterns);
    }

    public bool Takes(RegistryPattern image) => Array.Exists(_patterns, pattern => pattern.Matches(image));

    public ProviderReply Ask()
    {
        if (_answer is null)
            return new([], Unknown: $"{Source} asks the cloud for a login, which is not known here; give it in nodes.yaml as kubelet.providerAnswers.{_name}");
        return ProviderResponse.Read(_answer, apiVersion: null, out var fault) is { } response
            ? new(response.Auth)
            : new([], $"the answer that is given for {Source} is none: {fault}");
    }
}
