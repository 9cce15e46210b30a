namespace Viaduct.Acceptance.Tests.DockerManifest;

/// <summary>Why Viaduct is not docker somewhere, in a word that docs/docker-manifest.md explains, and in what it may differ for it.</summary>
internal sealed record Difference(string Word, Aspects May)
{
    public static IReadOnlyDictionary<string, Difference> All { get; } = new Difference[]
    {
        new("flattened", Aspects.All),
        new("whole", Aspects.Words | Aspects.Store),
        new("collision", Aspects.Words | Aspects.Store),
        new("copies", Aspects.Words | Aspects.Pushed),
        new("duplicates", Aspects.Output | Aspects.Pushed),
        new("loopback", Aspects.All),
        new("registries", Aspects.Words | Aspects.Pushed | Aspects.Store),
        new("platforms", Aspects.Words | Aspects.Store | Aspects.Pushed),
        new("retries", Aspects.Words | Aspects.Pushed | Aspects.Store),
        new("mounts", Aspects.Words | Aspects.Pushed | Aspects.Store),
        new("nested", Aspects.Words),
        new("help", Aspects.Output | Aspects.Error),
    }.ToDictionary(d => d.Word);
}
