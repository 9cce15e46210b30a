using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>Who may use an image that is there: KEP-2535, KubeletEnsureSecretPulledImages (pkg/kubelet/images/pullmanager).</summary>
internal sealed class PullRecords
{
    private const string Gate = "KubeletEnsureSecretPulledImages";
    private const string Wildcard = "/*";

    private static readonly KubernetesVersion Known = new(1, 33);
    private static readonly KubernetesVersion OnByDefault = new(1, 35);

    private readonly KubeletSetup _setup;
    private readonly bool _comparesWords;

    public PullRecords(KubeletSetup setup, KubernetesVersion kubernetes)
    {
        _setup = setup;
        _comparesWords = kubernetes <= OnByDefault;
        Enabled = kubernetes >= Known && (setup.FeatureGates.TryGetValue(Gate, out var on) ? on : kubernetes >= OnByDefault);
    }

    /// <summary>Alpha in 1.33, on by default from 1.35; older kubelets do not know it.</summary>
    public bool Enabled { get; }

    /// <param name="written">The image as the pod writes it.</param>
    /// <param name="record">What is known of it: a kubelet's pull, or nobody's.</param>
    public bool Verifies(string written, bool record) => _setup.VerificationPolicy switch
    {
        "NeverVerify" => false,
        "AlwaysVerify" => true,
        "NeverVerifyAllowlistedImages" => !IsAllowed(written),
        _ => record,
    };

    /// <summary>Whether the record's credentials let the pod in (image_pull_manager.go, MustAttemptImagePull); null where nobody knows.</summary>
    /// <param name="same">All that is told of the content.</param>
    /// <param name="recorded">What a recorded secret, by its namespace/name, holds for the image; null where it is not known.</param>
    public static bool? LetsIn(string repository, IReadOnlyList<PresentImage> same, CredentialLookup credentials, Func<string, IReadOnlyList<RegistryLogin>?> recorded)
    {
        bool? answer = false;
        foreach (var image in same.Where(i => i.Origin != ImageOrigin.Preloaded && i.Names.Any(n => PresentImage.RepositoryOf(n) == repository)))
        {
            var one = image.Origin switch
            {
                ImageOrigin.Node => true,
                ImageOrigin.Secret => OfSecret(image.PulledWith, credentials, recorded),
                ImageOrigin.ServiceAccount => image.PulledWith is null ? null : credentials.Offered.FirstOrDefault(o => o.ServiceAccount is not null)?.ServiceAccount is { } account && $"{account.Namespace}/{account.Name}" == image.PulledWith,
                _ => (bool?)null,
            };
            if (one == true) return true;
            answer = one is null ? null : answer;
        }
        return answer;
    }

    private static bool? OfSecret(string? with, CredentialLookup credentials, Func<string, IReadOnlyList<RegistryLogin>?> recorded)
    {
        var mine = credentials.Offered.Where(o => o.Secret is not null).ToList();
        if (mine.Count == 0) return false;
        if (with is null) return null;
        if (mine.Any(o => $"{o.Secret!.Namespace}/{o.Secret.Name}" == with)) return true;
        return recorded(with) is { } logins ? mine.Any(o => logins.Contains(o.Login)) : null;
    }

    /// <summary>image_pull_policies.go: up to 1.35 the pod's own words are compared, tag and all, so that an entry without a tag meets names without one only.</summary>
    private bool IsAllowed(string written)
    {
        var name = !_comparesWords && Reference.TryParse(written, out var parsed) ? parsed.Name : written;
        return _setup.Allowlist.Any(entry => entry.EndsWith(Wildcard, StringComparison.Ordinal) ? name.StartsWith(entry[..^1], StringComparison.Ordinal) : name == entry);
    }
}
