namespace Viaduct.Simulation;

/// <summary>Whether kubelet takes a CredentialProviderConfig that could be decoded (pkg/credentialprovider/plugin/config.go, validateCredentialProviderConfig).</summary>
internal sealed class ProviderConfigCheck(KubernetesVersion kubernetes, bool tokens)
{
    public static readonly IReadOnlyList<string> ApiVersions =
        ["credentialprovider.kubelet.k8s.io/v1", "credentialprovider.kubelet.k8s.io/v1alpha1", "credentialprovider.kubelet.k8s.io/v1beta1"];

    private static readonly string[] CacheTypes = ["ServiceAccount", "Token"];

    private readonly FieldErrors _errors = new();

    /// <returns>Its errors in one text; null where it has none.</returns>
    public string? Fault(IReadOnlyList<ProviderDraft> providers)
    {
        if (providers.Count == 0) _errors.Required("providers", "at least 1 item in plugins is required");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var provider in providers)
        {
            Name(provider.Name, isNew: names.Add(provider.Name));
            if (provider.ApiVersion.Length == 0) _errors.Required("providers.apiVersion");
            else if (!ApiVersions.Contains(provider.ApiVersion)) _errors.Unsupported("providers.apiVersion", provider.ApiVersion, ApiVersions);
            Images(provider.MatchImages);
            Duration(provider.DefaultCacheDuration);
            if (provider.Tokens is { } attributes) Tokens(attributes, provider.ApiVersion);
        }
        return _errors.Aggregate;
    }

    private void Name(string name, bool isNew)
    {
        const string field = "providers.name";
        if (name.Contains('/')) _errors.Invalid(field, name, "provider name cannot contain '/'");
        if (name.Contains(' ')) _errors.Invalid(field, name, "provider name cannot contain spaces");
        if (name is "." or "..") _errors.Invalid(field, name, $"provider name cannot be '{name}'");
        if (!isNew) _errors.Duplicate(field, name);
    }

    private void Images(IReadOnlyList<string> patterns)
    {
        if (patterns.Count == 0) _errors.Required("providers.matchImages", "at least 1 item in matchImages is required");
        foreach (var pattern in patterns)
            if (RegistryPattern.WhyInvalid(pattern, ProviderGates.LiteralHosts(kubernetes)) is { } why)
                _errors.Invalid("providers.matchImages", pattern, $"match image is invalid: {Yaml.YamlErrors.Shown(why, 300)}");
    }

    private void Duration(long? nanoseconds)
    {
        if (nanoseconds is null) _errors.Required("providers.defaultCacheDuration");
        else if (nanoseconds < 0) _errors.Invalid("providers.defaultCacheDuration", GoDuration.Format(nanoseconds.Value), "defaultCacheDuration must be greater than or equal to 0");
    }

    private void Tokens(TokenDraft attributes, string apiVersion)
    {
        const string field = "providers.tokenAttributes";
        if (!tokens) _errors.Forbidden(field, "tokenAttributes is not supported when KubeletServiceAccountTokenForCredentialProviders feature gate is disabled");
        if (attributes.Audience.Length == 0) _errors.Required($"{field}.serviceAccountTokenAudience");
        if (attributes.RequireServiceAccount is null) _errors.Required($"{field}.requireServiceAccount");
        if (apiVersion != ApiVersions[0]) _errors.Forbidden(field, $"tokenAttributes is only supported for {ApiVersions[0]} API version");
        if (attributes.RequireServiceAccount is false && attributes.Required.Count > 0)
            _errors.Forbidden($"{field}.requiredServiceAccountAnnotationKeys", "requireServiceAccount cannot be false when requiredServiceAccountAnnotationKeys is set");
        Annotations($"{field}.requiredServiceAccountAnnotationKeys", attributes.Required);
        Annotations($"{field}.optionalServiceAccountAnnotationKeys", attributes.Optional);
        if (attributes.Required.Intersect(attributes.Optional).Order(StringComparer.Ordinal).ToArray() is { Length: > 0 } both)
            _errors.Invalid(field, string.Join(", ", both), "annotation keys cannot be both required and optional");
        if (kubernetes >= ProviderGates.TokensBeta) CacheType($"{field}.cacheType", attributes.CacheType);
    }

    private void CacheType(string field, string type)
    {
        if (type.Length == 0) _errors.Required(field, $"cacheType is required to be set when tokenAttributes is specified. Supported values are: {string.Join(", ", CacheTypes)}");
        else if (!CacheTypes.Contains(type)) _errors.Unsupported(field, type, CacheTypes);
    }

    private void Annotations(string field, IReadOnlyList<string> keys)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            foreach (var fault in QualifiedName.Faults(key.ToLowerInvariant())) _errors.Invalid(field, key, fault);
            if (!seen.Add(key)) _errors.Duplicate(field, key);
        }
    }
}
