namespace Viaduct.Simulation;

/// <summary>One exec plugin (k8s.io/kubelet/config/v1, CredentialProvider).</summary>
public sealed record CredentialProvider(string Name, IReadOnlyList<string> MatchImages)
{
    public required TimeSpan DefaultCacheDuration { get; init; }
    public required string ApiVersion { get; init; }
    public IReadOnlyList<string> Args { get; init; } = [];
    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();
    public TokenAttributes? Tokens { get; init; }

    /// <summary>What it answers, as the description gives it: a CredentialProviderResponse; null where that is not given.</summary>
    public string? CannedAnswer { get; init; }

    /// <summary><c>file:line:column</c>.</summary>
    public string Where { get; init; } = "";

    // The answer holds secrets, and env may.
    public override string ToString() => $"provider {Name}";
}
