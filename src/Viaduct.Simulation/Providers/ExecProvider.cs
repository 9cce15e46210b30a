using System.Collections.Concurrent;
using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>
/// One exec plugin of a kubelet with its cache (pkg/credentialprovider/plugin/plugin.go, provide). All that is asked happens in one moment:
/// nothing in the cache ends, and what is not kept there is asked once for each image.
/// </summary>
internal sealed class ExecProvider(CredentialProvider provider, KubernetesVersion kubernetes, bool tokens, IProviderAnswers answers)
{
    private readonly RegistryPattern[] _patterns =
        [.. provider.MatchImages.Select(p => RegistryPattern.Parse(p, ProviderGates.LiteralHosts(kubernetes))).OfType<RegistryPattern>()];

    private readonly ConcurrentDictionary<(string Key, string Account), ProviderReply> _cache = new();
    private readonly SemaphoreSlim _asking = new(1, 1);

    private TokenAttributes? Tokens => tokens ? provider.Tokens : null;

    public string Source => $"provider {provider.Name}";

    public bool Takes(RegistryPattern image) => Array.Exists(_patterns, pattern => pattern.Matches(image));

    public async ValueTask<ProviderReply> AskAsync(PodIdentity pod, string imageName, CancellationToken cancellationToken)
    {
        if (Tokens is not null && pod.AccountIsUnread) return new([], Unknown: $"{Source} wants a token of the pod's ServiceAccount, and that was not read");
        if (NotRun(pod) is { } why) return new([], $"{Source} takes this image but is not run: {why}");
        var account = Tokens is null ? null : pod.ServiceAccount;
        var annotations = account is null ? null : Annotations(account);
        var owner = account is null ? "" : string.Join('\0', [account.Namespace, account.Name, .. annotations!.SelectMany(a => new[] { a.Key, a.Value })]);
        if (Cached(imageName, owner) is { } known) return known;
        // One at a time: only the first answer tells for which images it counts.
        await _asking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Cached(imageName, owner) ?? await AskNowAsync(imageName, owner, annotations, account, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _asking.Release();
        }
    }

    private ProviderReply? Cached(string imageName, string owner) =>
        _cache.GetValueOrDefault((imageName, owner)) ?? _cache.GetValueOrDefault((Registry(imageName), owner)) ?? _cache.GetValueOrDefault(("global", owner));

    private async Task<ProviderReply> AskNowAsync(string imageName, string owner, IReadOnlyDictionary<string, string>? annotations, ServiceAccount? account, CancellationToken cancellationToken)
    {
        var answer = await answers.AskAsync(provider, ProviderRequest.Write(provider.ApiVersion, imageName, annotations), cancellationToken).ConfigureAwait(false);
        var (reply, key) = Judge(answer, imageName, withToken: annotations is not null);
        reply = reply with { ServiceAccount = account };
        _cache.TryAdd((key, owner), reply);
        return reply;
    }

    /// <returns>The key under which it is kept, too.</returns>
    private (ProviderReply Reply, string Key) Judge(ProviderAnswer answer, string imageName, bool withToken)
    {
        if (answer.Unknown is { } unknown) return (new([], Unknown: unknown), imageName);
        if (answer.Output is not { } output) return (Failed($"error execing credential provider plugin {YamlErrors.Shown(provider.Name, 60)} for image {imageName}: {answer.Failure}"), imageName);
        if (ProviderResponse.Read(output, provider.ApiVersion, out var fault) is not { } response) return (Failed(fault!), imageName);
        if (withToken && Tokens!.CacheType != "Token" && kubernetes >= ProviderGates.TokensBeta && response.Auth.Any(e => e.Login.Password == ProviderRequest.Token))
            return (Failed($"Credential provider plugin returned the service account token as the password for image {GoText.Quote(imageName)}, which is not allowed when service account cache type is not set to 'Token'"), imageName);
        var key = response.CacheKeyType switch { "Image" => imageName, "Registry" => Registry(imageName), "Global" => "global", _ => null };
        if (key is null) return (Failed($"credential provider plugin did not return a valid cacheKeyType: {GoText.Quote(YamlErrors.Shown(response.CacheKeyType, 60))}"), imageName);
        var lasts = response.CacheDuration is { } own ? own > 0 : provider.DefaultCacheDuration > TimeSpan.Zero;
        return (new(response.Auth, response.Auth.Count == 0 ? $"{Source} answers with no credentials" : null), lasts ? key : imageName);
    }

    private ProviderReply Failed(string why) => new([], $"{Source} gives nothing: {why} (kubelet logs that and pulls without it)");

    private string? NotRun(PodIdentity pod)
    {
        if (Tokens is not { } wanted) return null;
        if (pod.ServiceAccount is not { } account)
            return wanted.RequiresServiceAccount ? "it wants a token of the pod's ServiceAccount, and the pod has none" : null;
        return wanted.RequiredAnnotations.FirstOrDefault(key => !account.Annotations.ContainsKey(key)) is { } missing
            ? $"required annotation {YamlErrors.Shown(missing)} not found on ServiceAccount {account.Namespace}/{account.Name}"
            : null;
    }

    private SortedDictionary<string, string> Annotations(ServiceAccount account)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in Tokens!.RequiredAnnotations.Concat(Tokens.OptionalAnnotations))
            if (account.Annotations.TryGetValue(key, out var value))
                found[key] = value;
        return found;
    }

    private static string Registry(string imageName) => imageName.Split('/', 2)[0];
}
