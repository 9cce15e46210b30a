namespace Viaduct.Registry;

/// <summary>One way in that a registry offers with a 401 (RFC 9110, 11.3).</summary>
internal sealed record Challenge(string Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    public bool IsBearer => Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase);

    public bool IsBasic => Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase);

    public string? Realm => Parameters.GetValueOrDefault("realm");

    public string? Service => Parameters.GetValueOrDefault("service");

    public ScopeSet Scopes => ScopeSet.Parse(Parameters.GetValueOrDefault("scope"));

    /// <summary>The best of what is offered: tokens before passwords.</summary>
    public static Challenge? Choose(IEnumerable<string> headers)
    {
        Challenge? basic = null;
        foreach (var header in headers)
            foreach (var challenge in ChallengeParser.Parse(header))
            {
                if (challenge.IsBearer && challenge.Realm is { Length: > 0 }) return challenge;
                if (challenge.IsBasic) basic ??= challenge;
            }
        return basic;
    }
}
