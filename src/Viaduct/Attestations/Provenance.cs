using System.Text.Json;

namespace Viaduct.Attestations;

/// <summary>How an image was made, by its SLSA provenance (slsa.dev/spec/v0.2/provenance and /v1.0/provenance).</summary>
/// <param name="Version"><c>v0.1</c>, <c>v0.2</c> or <c>v1</c>.</param>
/// <param name="Builder">The builder's id; empty when it names none.</param>
/// <param name="BuildType">What its parameters mean; empty when it says nothing.</param>
/// <param name="Materials">What it was made of.</param>
public sealed record Provenance(string Version, string Builder, string BuildType, IReadOnlyList<ProvenanceMaterial> Materials)
{
    private const string Prefix = "https://slsa.dev/provenance/";

    internal static bool Is(string predicateType) => predicateType.StartsWith(Prefix, StringComparison.Ordinal);

    /// <exception cref="FormatException">It is not what its type says.</exception>
    /// <exception cref="NotSupportedException">It is of a version that is not read.</exception>
    internal static Provenance Read(string predicateType, JsonElement predicate)
    {
        var version = predicateType[Prefix.Length..];
        if (version == "v1" || version.StartsWith("v1.", StringComparison.Ordinal))
        {
            var definition = predicate.Object("buildDefinition") ?? throw new FormatException("the provenance has no buildDefinition");
            var run = predicate.Object("runDetails") ?? throw new FormatException("the provenance has no runDetails");
            return new("v1", run.Object("builder")?.Text("id") ?? "", definition.Text("buildType") ?? "", Read(definition, "resolvedDependencies"));
        }
        if (version is not ("v0.1" or "v0.2")) throw new NotSupportedException($"provenance of version '{version}' is not known");
        var builder = predicate.Object("builder") ?? throw new FormatException("the provenance has no builder");
        return new(version, builder.Text("id") ?? "", predicate.Text("buildType") ?? predicate.Object("recipe")?.Text("type") ?? "", Read(predicate, "materials"));
    }

    private static IReadOnlyList<ProvenanceMaterial> Read(JsonElement element, string name) =>
        [.. element.Items(name).Select(m => new ProvenanceMaterial(m.Text("uri") ?? m.Text("name") ?? "", [.. m.Digests("digest").Select(d => $"{d.Key}:{d.Value}")]))];
}
