using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>What a runtime takes for a platform, made ready for many lists. May be used from many threads.</summary>
public sealed class Selector
{
    private readonly Chooser _chooser;

    private Selector(Runtime runtime, Platform platform, bool asHost)
    {
        (Runtime, Platform, AsHost) = (runtime, platform, asHost);
        _chooser = runtime.Choose(new PlatformRequest(platform, asHost));
    }

    public Runtime Runtime { get; }

    public Platform Platform { get; }

    /// <summary>True when the platform is the host's and nothing was asked for; always so for CRI.</summary>
    public bool AsHost { get; }

    /// <param name="platform">The host's, or what is asked for with <c>--platform</c>.</param>
    public static Selector For(Runtime runtime, Platform platform, bool asHost) => new(runtime, platform, asHost);

    /// <summary>The position of the entry that is taken from the list, -1 for none. Lists within the list are not looked into. Allocates nothing.</summary>
    public int Choose(Candidates list) => _chooser.Choose(list);

    /// <summary>What is taken, what would be next, and why, entry by entry; the error that a user reads when nothing is.</summary>
    /// <param name="reference">As error texts name the list.</param>
    public Selection Explain(Candidates list, string reference)
    {
        var outcome = _chooser.Decide(list, reference);
        var best = _chooser.Best(list);
        var chosen = outcome.Path.Count > 0 ? outcome.Path[0] : -1;
        return new Selection
        {
            Runtime = Runtime,
            Platform = Platform,
            AsHost = AsHost,
            List = list,
            Chosen = outcome.Image?.Entry,
            Path = outcome.Path,
            Fetched = outcome.Fetched ?? [.. outcome.Path.Take(1)],
            RunnerUp = list.IsList && chosen >= 0 && _chooser.Best(list, except: chosen) is >= 0 and var next ? list.Entries[next].Entry : null,
            Entries = list.IsList ? [.. list.Entries.Select((candidate, i) => Told(list, candidate, i, chosen, best))] : [],
            Error = outcome.Error,
        };
    }

    private SelectionEntry Told(Candidates list, Candidate candidate, int position, int chosen, int best)
    {
        var entry = candidate.Entry;
        if (position == chosen) return new(position, entry, null, $"it is what {Runtime} takes");
        if (candidate.IsAttestation) return new(position, entry, PassReason.Attestation, "it is an attestation");
        var rank = _chooser.RankOf(candidate);
        if (rank < 0)
            return entry.Platform is null
                ? new(position, entry, PassReason.NoPlatform, "it names no platform")
                : new(position, entry, PassReason.OtherPlatform, _chooser.WhyNot(candidate));
        if (position == best || chosen < 0) return new(position, entry, PassReason.Refused, _chooser.WhyNot(candidate));
        var taken = list.Entries[chosen].Entry.Platform?.ToString() ?? "the one without a platform";
        if (entry.Platform is null) return new(position, entry, PassReason.NoPlatform, $"it names no platform, and {taken} does");
        return rank == _chooser.RankOf(list.Entries[chosen]) && entry.Platform.OsVersion == list.Entries[chosen].Entry.Platform?.OsVersion
            ? new(position, entry, PassReason.Duplicate, $"an entry for {taken} stands before it")
            : new(position, entry, PassReason.WorsePlatform, $"{taken} comes before {entry.Platform}");
    }
}
