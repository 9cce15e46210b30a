using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>
/// dockerd from 23 on with graph drivers (distribution/pull_v2_unix.go, filterManifests; moby/moby#43434, #44414): what containerd's
/// <c>platforms.Only</c> takes, an entry without a platform when nothing else is there, and only what is for Linux.
/// </summary>
internal sealed class DockerGraphChooser : Chooser
{
    private readonly PlatformVector _takes;
    private readonly Platform _wanted;
    private readonly Platform _shown;
    private readonly string _noMatch;
    private readonly bool _asHost;

    /// <param name="old">True before 28, which came with containerd/platforms 1.0.</param>
    public DockerGraphChooser(PlatformRequest request, bool old)
    {
        // The host is its processor's level (distribution/pull_v2_unix.go, maximumSpec).
        _takes = new PlatformVector(request.Platform, old, exact: false, "linux", new WindowsBuilds(request.Platform.OsVersion, byPrefix: false));
        _asHost = request.AsHost;
        _wanted = request.Platform.Normalized();
        _shown = request.Shown;
        _noMatch = $"no matching manifest for {_shown} in the manifest list entries";
    }

    /// <summary>An empty platform is none (distribution/pull_v2_unix.go, toOCIPlatform).</summary>
    public override int RankOf(Candidate candidate) =>
        candidate.Entry.Platform is null or { Os: "", Architecture: "" } ? LastResort : _takes.RankOf(candidate);

    public override string WhyNot(Candidate candidate) =>
        RankOf(candidate) < 0 ? $"{_shown} does not take {candidate.Entry.Platform}" : "a daemon on Linux does not store images of another system";

    protected override bool Accepts(Candidate best) => Refusal(best, inList: true) is null;

    public override Outcome Decide(Candidates list, string reference)
    {
        if (!list.IsList) return Refusal(list.Entries[0], inList: false) is { } refused ? Outcome.Failed(refused) : Follow(list).Taken();
        var steps = new List<Step>();
        if (Pull(list, steps) is { } error) return Outcome.Failed(error);
        var trail = new Trail(steps, steps[^1].Candidate, null);
        return !_asHost && Panics(trail) ? Outcome.Failed("unexpected EOF") : trail.Taken();
    }

    /// <summary>
    /// A list in the list that fails for another reason than that nothing in it would do is passed by for the next match
    /// (distribution/pull_v2.go, pullManifestList).
    /// </summary>
    /// <returns>The error; null when something is taken, to which the steps lead.</returns>
    private string? Pull(Candidates list, List<Step> steps)
    {
        var depth = steps.Count;
        foreach (var match in Enumerable.Range(0, list.Entries.Count).Where(i => RankOf(list.Entries[i]) >= 0).OrderBy(i => RankOf(list.Entries[i])))
        {
            steps.Add(new Step(list, match));
            if (list.Entries[match].Nested is not { } nested) return Refusal(list.Entries[match], inList: true);
            var error = Pull(nested, steps);
            if (error is null || error == _noMatch) return error;
            steps.RemoveRange(depth, steps.Count - depth);
        }
        return _noMatch;
    }

    private static string? Refusal(Candidate candidate, bool inList) =>
        inList && candidate.Os is not (null or "" or "linux") ? "operating system is not supported"
        : candidate.Configured?.Os is not (null or "" or "linux") ? $"image operating system \"{candidate.Config!.Os}\" cannot be used on this platform: operating system is not supported"
        : null;

    /// <summary>
    /// After the pull the daemon compares the config with what was asked for. Where they differ it looks for the image in the lists that it fetched,
    /// in the order of their digests, without minding entries that name no platform (daemon/images/image.go, manifestMatchesPlatform).
    /// </summary>
    private bool Panics(Trail trail)
    {
        if (trail.Image is not { Configured: { } config } image || _takes.RankOf(config) >= 0) return false;
        // A config that names no variant is taken for any (daemon/images/image.go, OnlyPlatformWithFallback).
        if (image.Config!.Variant is null && _wanted.Os == config.Os && _wanted.Architecture == config.Architecture) return false;
        foreach (var list in trail.Steps.Select(s => s.List).OrderBy(l => l.Digest.ToString(), StringComparer.Ordinal))
            foreach (var candidate in list.Entries.Where(e => !MediaTypes.IsIndex(e.Entry.MediaType)))
            {
                if (candidate.Entry.Platform is null) return true;
                if (candidate.Entry.Digest == image.Entry.Digest && _takes.RankOf(candidate) >= 0) return false;
            }
        return false;
    }
}
