using Viaduct.Oci;
using Viaduct.Simulation;

namespace Viaduct.Verification;

/// <summary>One image where a list was needed: the nodes are of several platforms, and every runtime pulls it on all of them.</summary>
internal static class PinnedImage
{
    private static readonly FindingKind[] OfAnother = [FindingKinds.OtherPlatform, FindingKinds.WrongMachine, FindingKinds.WrongSystem];

    public static IEnumerable<Finding> Find(Reference name, RawManifest manifest, IReadOnlyList<SimulatedPull> pulls)
    {
        if (manifest.IsIndex || pulls.Select(p => Machine(p.Node.Platform)).Distinct().Count() < 2) yield break;
        var wrong = pulls.Where(p => p.Findings.Any(f => f.Verdict == Verdict.Failure && OfAnother.Contains(f.Kind))).Select(p => p.Node.Platform.ToString()).Distinct().ToList();
        if (wrong.Count == 0) yield break;
        var config = pulls.Select(p => p.ConfigPlatform).FirstOrDefault(p => p is not null);
        yield return new(FindingKinds.PinnedToOnePlatform, Verdict.Failure,
            $"{name} is one image{(config is null ? "" : $", for {config},")} and no list: nodes of {string.Join(", ", wrong)} pull it too and cannot run it");
    }

    private static (string, string) Machine(Platform platform)
    {
        var normal = platform.Normalized();
        return (normal.Os, normal.Architecture);
    }
}
