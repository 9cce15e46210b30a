using Viaduct.Oci;
using Viaduct.Planning;
using Viaduct.Verification;

namespace Viaduct.Metadata;

/// <summary>What a job did: the content of <c>metadata.json</c> and the ground of every report. The schema is <c>docs/schema/metadata.schema.json</c>.</summary>
public sealed record JobRecord(string Registry, IReadOnlyList<ImageRecord> Images)
{
    /// <summary>What the images were built from that is not of the set.</summary>
    public IReadOnlyList<BaseRecord> Bases { get; init; } = [];

    /// <summary>True when every list was read back unchanged and a node of every platform gets what it can run.</summary>
    public bool Proven => Images.All(i => i.List is not null && i.Problems.Count == 0 && i.Platforms.All(p => p.Verdict is "ok" or "warning"));

    /// <param name="listOf">Null where no list was made: by one of several machines that build.</param>
    internal static JobRecord Of(
        Plan plan, string prefix, ImageNames names, Func<ObservedChild, (Descriptor Image, IReadOnlyList<Descriptor> Attestations)> contentOf, Func<string, RawManifest>? listOf, IReadOnlyList<ListReport> reports) =>
        new(prefix, [.. plan.Observed.Lists.Select(l => l.Image).Select(image =>
        {
            var mine = reports.Where(r => r.Image == image.Name).ToList();
            return new ImageRecord(
                image.Name,
                [.. plan.Observed.Children.Where(c => c.Image.Name == image.Name).Select(c => PlatformRecord.Of(plan, c, contentOf(c).Image, mine) with { Attestations = contentOf(c).Attestations })],
                listOf is not null && image.IsWhole ? ListRecord.Of(plan, image.Name, listOf(image.Name), names.Lists(image)) : null,
                listOf is null ? "it is assembled from the records of all machines" : plan.Skipped.Where(s => s.Image == image.Name).Select(s => s.Reason).FirstOrDefault(),
                [.. mine.SelectMany(r => r.Problems).Select(FindingWords.WithCode).Distinct()]);
        })]);
}
