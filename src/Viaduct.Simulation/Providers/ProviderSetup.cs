namespace Viaduct.Simulation;

/// <summary>The CredentialProviderConfig of a kubelet (kubelet.config.k8s.io/v1).</summary>
/// <param name="Providers">In the order in which they are asked.</param>
public sealed record ProviderSetup(IReadOnlyList<CredentialProvider> Providers)
{
    /// <summary>Why kubelet would not start with it, in its words; null where it would.</summary>
    public string? Refusal { get; init; }

    /// <summary>The same with answers, each the text of a CredentialProviderResponse, for the providers of these names; other names are passed over.</summary>
    public ProviderSetup WithAnswers(IReadOnlyDictionary<string, string> answers) => this with
    {
        Providers = [.. Providers.Select(p => answers.TryGetValue(p.Name, out var answer) ? p with { CannedAnswer = answer } : p)],
    };
}
