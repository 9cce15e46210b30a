namespace Viaduct.Simulation;

/// <summary>A Secret, as far as it may hold registry credentials. Its content is shown by nothing.</summary>
/// <param name="Type"><c>kubernetes.io/dockerconfigjson</c>, …; Opaque where none is written.</param>
public sealed record PullSecret(string Namespace, string Name, string Type, string Where)
{
    public string? Uid { get; init; }

    /// <summary>Decoded values of <c>.dockerconfigjson</c> and <c>.dockercfg</c>, whichever are there.</summary>
    public IReadOnlyDictionary<string, byte[]> Data { get; init; } = new Dictionary<string, byte[]>();

    public override string ToString() => $"secret {Namespace}/{Name}";
}
