using Viaduct.Oci;
using Viaduct.Planning;
using Viaduct.Verification;

namespace Viaduct.Metadata;

/// <summary>What a job did: the content of <c>metadata.json</c> and the ground of every report. The schema is <c>docs/schema/metadata.schema.json</c>.</summary>
public sealed record JobRecord(string Registry, IReadOnlyList<ImageRecord> Images)
{
    /// <summary>True when every list was read back unchanged and a node of every platform gets what it can run.</summary>
    public bool Proven => Images.All(i => i.List is not null && i.Problems.Count == 0 && i.Platforms.All(p => p.Verdict is "ok" or "warning"));

    internal static JobRecord Of(
        Plan plan, string prefix, ImageNames names, Func<ObservedChild, Descriptor> digestOf, Func<string, RawManifest> listOf, IReadOnlyList<ListReport> reports) =>
        new(prefix, [.. plan.Observed.Lists.Select(l => l.Image).Select(image =>
        {
            var mine = reports.Where(r => r.Image == image.Name).ToList();
            return new ImageRecord(
                image.Name,
                [.. plan.Observed.Children.Where(c => c.Image.Name == image.Name).Select(c => PlatformRecord.Of(plan, c, digestOf(c), mine))],
                image.IsWhole ? ListRecord.Of(plan, image.Name, listOf(image.Name), names.Lists(image)) : null,
                plan.Skipped.Where(s => s.Image == image.Name).Select(s => s.Reason).FirstOrDefault(),
                [.. mine.SelectMany(r => r.Problems).Select(FindingWords.WithCode).Distinct()]);
        })]);
}
