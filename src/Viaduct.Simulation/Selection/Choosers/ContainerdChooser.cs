using System.Globalization;

namespace Viaduct.Simulation;

/// <summary>How containerd comes to an image: what it fetches, then what it finds in that (core/images/image.go, Manifest).</summary>
internal class ContainerdChooser : Chooser
{
    private readonly ContainerdWay _way;
    private readonly PlatformVector _takes;
    private readonly PlatformVector _fetches;
    private readonly bool _onWindows;

    public ContainerdChooser(PlatformRequest request, ContainerdWay way)
    {
        _way = way;
        var platform = request.Wanted;
        _onWindows = request.AsHost && platform.Normalized().Os == "windows";
        var hostOs = _onWindows ? "windows" : "linux";
        var builds = new WindowsBuilds(platform.OsVersion, way.WindowsByPrefix);
        // A Windows host has no fall-backs (containerd/platforms defaults_windows.go).
        _takes = new PlatformVector(platform, way.Old, exact: _onWindows, hostOs, builds, way.Features);
        _fetches = new PlatformVector(platform, way.Old, exact: true, hostOs, builds, way.Features);
        Shown = platform.ToString();
    }

    protected string Shown { get; }

    public override int RankOf(Candidate candidate) => candidate.Entry.Platform is null ? LastResort : _takes.RankOf(candidate);

    public override string WhyNot(Candidate candidate) =>
        RankOf(candidate) < 0 ? $"{Shown} does not take {candidate.Entry.Platform}"
        : !IsFetched(candidate) ? $"only {Shown} itself is fetched, though {candidate.Entry.Platform} would run there"
        : "its config is for another platform";

    /// <summary>On Windows the greater os.version, compared as text, comes first; before 1.0 the greater revision (platform_windows_compat.go).</summary>
    protected override bool IsBetter(Candidates list, Candidate one, Candidate other)
    {
        if (!_onWindows) return false;
        var (left, right) = (one.Entry.Platform?.OsVersion, other.Entry.Platform?.OsVersion);
        return _way.Old ? WindowsBuilds.Revision(left) > WindowsBuilds.Revision(right) : string.CompareOrdinal(left ?? "", right ?? "") > 0;
    }

    protected override bool Accepts(Candidate best) => IsFetched(best) && !IsForAnother(best);

    protected bool IsFetched(Candidate candidate) =>
        _way.Fetch != ContainerdFetch.Exact || candidate.Entry.Platform is null || _fetches.RankOf(candidate) >= 0;

    public override Outcome Decide(Candidates list, string reference)
    {
        var trail = Follow(list);
        if (!list.IsList) return trail.Taken();
        if (trail.Stuck is not null && _way is { Fetch: ContainerdFetch.Best, FetchError: { } fetching })
            return Outcome.Failed(string.Format(CultureInfo.InvariantCulture, fetching, reference));
        if (trail.Steps.FirstOrDefault(s => !IsFetched(s.Candidate)) is { List: not null } missing)
            return Outcome.Failed($"{_way.ImageError}content digest {missing.Candidate.Entry.Digest}: not found");
        if (trail.Image is not { } image || IsForAnother(image))
            return Outcome.Failed($"{_way.ImageError}no match for platform in manifest {list.Digest}: not found");
        return _way.Measures && Unmeasurable(trail) is { } other
            ? Outcome.Failed($"rpc error: code = NotFound desc = failed to update image store \"{image.ConfigDigest?.ToString() ?? "sha256:…"}\": "
                + $"get image info from containerd: get image compressed resource size: content digest {other.Entry.Digest}: not found")
            : trail.Taken() with { Fetched = _way.Fetch == ContainerdFetch.Exact ? [.. Enumerable.Range(0, list.Entries.Count).Where(i => IsFetched(list.Entries[i]))] : null };
    }

    /// <summary>Only of an entry without a platform is the config asked.</summary>
    private bool IsForAnother(Candidate candidate) =>
        candidate.Entry.Platform is null && candidate.Nested is null && candidate.Configured is { } config && _takes.RankOf(config) < 0;

    /// <summary>Sizes are summed up over the entry that sorts first among all: one with a platform, if there is any, which was never fetched.</summary>
    private static Candidate? Unmeasurable(Trail trail) => trail.Steps
        .Where(s => s.Candidate.Entry.Platform is null)
        .Select(s => s.List.Entries.FirstOrDefault(e => e.Entry.Platform is not null))
        .FirstOrDefault(e => e is not null);
}
