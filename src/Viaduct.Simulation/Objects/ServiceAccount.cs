namespace Viaduct.Simulation;

/// <summary>A ServiceAccount; its imagePullSecrets are given to pods without any of their own.</summary>
public sealed record ServiceAccount(string Namespace, string Name, string Where)
{
    public string? Uid { get; init; }
    public IReadOnlyList<string> ImagePullSecrets { get; init; } = [];
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}
