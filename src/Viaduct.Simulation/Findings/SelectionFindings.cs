using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>What is to be said about a choice: why there is none, and why the one that was made may not hold elsewhere.</summary>
internal static class SelectionFindings
{
    private const int MaxNamed = 12;

    private static readonly Runtime Strict = Runtimes.Default;
    private static readonly Runtime Lenient = Runtimes.Parse($"containerd 2.1 {Runtimes.Local}");

    /// <summary>Why nothing is taken, as a whole sentence.</summary>
    public static Finding OfNone(Selection selection, Node node)
    {
        var list = selection.List;
        var (kind, why) = Reason(selection, node);
        var told = selection.Error is { } error ? $"the pull fails with \"{error}\"" : $"{selection.Runtime} takes nothing and says nothing";
        return new(kind, Verdict.Failure, $"node {node} with {selection.Runtime} finds nothing to pull in {list.Digest.Algorithm}:{list.Digest.Short}, which has {Offered(list)}{why}: {told}");
    }

    /// <summary>What is odd about the entry that is taken, as clauses.</summary>
    public static IEnumerable<Finding> OfChosen(Selection selection, Node node)
    {
        if (selection.Path.Count == 0) yield break;
        var candidate = selection.List.Entries[selection.Path[0]];
        var isTakenStrictly = IsTaken(Strict, selection, node);
        if (candidate.Entry.Platform is not { } platform)
            yield return new(FindingKinds.EntryWithoutPlatform, Verdict.Warning, "its entry names no platform, so other runtimes take another or fail");
        else if (!isTakenStrictly && !IsTaken(Lenient, selection, node))
            yield return new(FindingKinds.VariantTooHigh, Verdict.Warning, $"kubelet with containerd finds nothing for itself there: to it the node is {HostPlatform.Of(node.Platform)}");
        else if (!isTakenStrictly)
            yield return new(FindingKinds.FallbackOnly, Verdict.Warning, $"that is a fall-back: containerd from 2.1 on takes an exact entry only, unless it is set to {Runtimes.Local}");
        else if (IsUnusual(platform))
            yield return new(FindingKinds.UnusualPlatform, Verdict.Warning, $"its entry says {platform}, which CRI-O, skopeo and crane do not take for {PlatformWords.Parsed(platform)}");
        if (candidate.Nested is not null)
            yield return new(FindingKinds.NestedList, Verdict.Warning, "it is a list within a list, which podman, CRI-O and older dockerd refuse");
        if (selection.Entries.Count(e => e.Reason == PassReason.Duplicate) is > 0 and var more)
            yield return new(FindingKinds.EntryDoubled, Verdict.Warning, $"the list has {more} more for the same platform, which nobody runs");
        if (TooHigh(selection, node) is { } level)
            yield return new(FindingKinds.NodeLevel, Verdict.Warning, $"the list's entry for {level} is passed by, because the node is {HostPlatform.Of(node.Platform)} to {selection.Runtime}");
    }

    private static (FindingKind Kind, string Why) Reason(Selection selection, Node node)
    {
        var host = node.Platform.Normalized();
        var images = selection.List.Entries.Where(e => !e.IsAttestation).ToList();
        if (images.Count == 0) return (FindingKinds.NoImages, "");
        if (selection.Entries.FirstOrDefault(e => e.Reason == PassReason.Refused) is { } refused)
            return selection.List.Entries[refused.Position].Nested is not null ? (FindingKinds.NestedList, ", one of them a list itself")
                : refused.Entry.Platform is null ? (FindingKinds.EntryWithoutPlatform, "")
                : IsUnusual(refused.Entry.Platform) && host.Os != "windows" ? (FindingKinds.UnusualPlatform, $", spelled {refused.Entry.Platform}")
                : (FindingKinds.FallbackOnly, $", and takes {refused.Entry.Platform} no longer for a fall-back");
        if (images.Where(e => e.Os == host.Os && e.Architecture == host.Architecture).ToList() is not { Count: > 0 } near) return (FindingKinds.PlatformMissing, "");
        if (near.FirstOrDefault(e => IsUnusual(e.Entry.Platform!) && e.Variant == host.Variant) is { } spelled)
            return (FindingKinds.UnusualPlatform, $", spelled {spelled.Entry.Platform}");
        return host.Os == "windows" && node.Platform.OsVersion is not null ? (FindingKinds.WindowsBuild, $", and none for a build that {node.Platform.OsVersion} runs")
            : (FindingKinds.VariantTooHigh, $", and none for {HostPlatform.Of(node.Platform)} itself or less");
    }

    private static bool IsTaken(Runtime runtime, Selection selection, Node node) =>
        selection.Runtime == runtime || node.Platform.Normalized().Os == "windows" || Selector.For(runtime, node.Platform, asHost: true).Choose(selection.List) >= 0;

    /// <summary>Words that only normalising brings into the form of GOOS and GOARCH.</summary>
    private static bool IsUnusual(Platform platform)
    {
        var normal = platform.Normalized();
        return normal.Os != platform.Os || normal.Architecture != platform.Architecture || (platform.Variant is { } variant && !variant.StartsWith('v'));
    }

    /// <summary>An entry for the very level that the node's processor has, though its runtime does not look at levels.</summary>
    private static Platform? TooHigh(Selection selection, Node node)
    {
        var (own, host) = (node.Platform.Normalized(), HostPlatform.Of(node.Platform).Normalized());
        if (own.Variant == host.Variant) return null;
        return selection.Entries.FirstOrDefault(e => e.Reason == PassReason.OtherPlatform && e.Entry.Platform!.Normalized() is var said && said.Architecture == own.Architecture && said.Variant == own.Variant)?.Entry.Platform;
    }

    private static string Offered(Candidates list)
    {
        var named = list.Entries.Where(e => !e.IsAttestation).Select(e => e.Entry.Platform?.ToString() ?? "an entry without a platform").Distinct().ToList();
        return named.Count switch
        {
            0 => "no images",
            <= MaxNamed => string.Join(", ", named),
            _ => $"{string.Join(", ", named.Take(MaxNamed))} and {named.Count - MaxNamed} more",
        };
    }
}
