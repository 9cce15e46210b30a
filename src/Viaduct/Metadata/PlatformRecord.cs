using Viaduct.Oci;
using Viaduct.Planning;
using Viaduct.Simulation;
using Viaduct.Verification;

namespace Viaduct.Metadata;

/// <summary>An image's child for one platform.</summary>
/// <param name="Key">The input key.</param>
/// <param name="Action"><c>built</c>, <c>copied</c>, <c>tagged</c> or <c>unchanged</c>.</param>
/// <param name="Verdict">What a node of the platform would find: <c>ok</c>, <c>warning</c>, <c>failure</c>, <c>unknown</c>; null when it was not simulated.</param>
/// <param name="Findings">Sentences, each with its code in brackets at the end.</param>
public sealed record PlatformRecord(
    string Platform, string Key, string Digest, string MediaType, long Size, IReadOnlyList<string> Names, string Action, string Reason,
    string? Verdict, IReadOnlyList<string> Findings)
{
    /// <summary>As they stand in lists beside the image.</summary>
    public IReadOnlyList<Descriptor> Attestations { get; init; } = [];

    internal static PlatformRecord Of(Plan plan, ObservedChild child, Descriptor image, IReadOnlyList<ListReport> reports)
    {
        var build = plan.Builds.FirstOrDefault(b => b.Image == child.Image.Name && b.Platform == child.Platform);
        var copy = plan.Steps.OfType<Step.Copy>().FirstOrDefault(c => c.Image == child.Image.Name && c.Platform == child.Platform);
        var tag = plan.Steps.OfType<Step.Tag>().FirstOrDefault(t => t.Image == child.Image.Name && t.Platform == child.Platform);
        var (action, reason) = build is not null ? ("built", build.Reason) : copy is not null ? ("copied", copy.Reason)
            : tag is not null ? ("tagged", tag.Reason) : ("unchanged", "its inputs are those of what the registry has");
        var pulls = reports.SelectMany(r => r.Pulls).Where(p => p.Node.Platform.Same(child.Platform)).ToList();
        return new PlatformRecord(
            child.Platform.ToString(), child.Key.ToString(), image.Digest.ToString(), image.MediaType, image.Size,
            [.. child.Names.Select(n => n.Name.ToString())], action, reason,
            pulls.Count == 0 ? null : Verdicts.Worst(pulls.Select(p => p.Verdict)).Word(),
            [.. pulls.SelectMany(p => p.Findings).Select(FindingWords.WithCode).Distinct()]);
    }
}
