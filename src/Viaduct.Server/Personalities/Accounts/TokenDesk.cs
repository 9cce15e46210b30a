using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Viaduct.Server;

/// <summary>Hands out tokens and knows what each opens. They mean nothing by themselves, and nothing after the registry has ended.</summary>
internal sealed class TokenDesk(TokenScheme scheme, TimeProvider clock)
{
    /// <summary>Docker Hub's (table of registries, 5); the distribution's default is as short for those who name none.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(300);

    private const int Most = 10_000;
    private const int MostScopes = 64;

    private readonly ConcurrentDictionary<string, Grant> _grants = new(StringComparer.Ordinal);

    public string Issue(string? account, IEnumerable<string> scopes)
    {
        if (_grants.Count >= Most) Clear();
        var actions = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var scope in scopes.SelectMany(s => s.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Take(MostScopes))
        {
            var colon = scope.LastIndexOf(':');
            if (colon <= 0 || Allowed(account, scope[..colon], scope[(colon + 1)..].Split(',')) is not { Length: > 0 } allowed) continue;
            var resource = Renamed(scope[..colon]);
            actions[resource] = [.. actions.GetValueOrDefault(resource, []), .. allowed];
        }
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        _grants[token] = new Grant(account, actions, clock.GetTimestamp());
        return token;
    }

    public Grant? Find(string token) => _grants.GetValueOrDefault(token) is { } grant && clock.GetElapsedTime(grant.Made) < Lifetime ? grant : null;

    private string[] Allowed(string? account, string resource, string[] actions) =>
        scheme.IgnoresDelete && actions.Contains("delete") ? []
        : resource.StartsWith("registry:", StringComparison.Ordinal) ? account is not null && scheme.GrantsCatalog ? actions : []
        : account is not null ? actions
        : scheme.AnonymousPull && actions.Any(a => a is "pull" or "*") ? ["pull"]
        : [];

    private string Renamed(string resource)
    {
        const string repository = "repository:";
        return resource.StartsWith(repository, StringComparison.Ordinal) ? repository + scheme.Rename(resource[repository.Length..]) : resource;
    }

    private void Clear()
    {
        foreach (var (token, grant) in _grants)
            if (clock.GetElapsedTime(grant.Made) >= Lifetime) _grants.TryRemove(token, out _);
        // Whoever loses one asks again.
        if (_grants.Count >= Most) _grants.Clear();
    }
}
