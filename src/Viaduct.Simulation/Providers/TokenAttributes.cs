namespace Viaduct.Simulation;

/// <summary>tokenAttributes of a provider (KEP-4412).</summary>
public sealed record TokenAttributes(string Audience, string CacheType, bool RequiresServiceAccount)
{
    public IReadOnlyList<string> RequiredAnnotations { get; init; } = [];
    public IReadOnlyList<string> OptionalAnnotations { get; init; } = [];
}
