using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>dockerd 20.10 (distribution/pull_v2_unix.go, filterManifests): the very platform, and for arm any arm when there is none.</summary>
internal sealed class OldDockerChooser : Chooser
{
    private readonly PlatformVector _takes;
    private readonly Platform _asked;
    private readonly bool _isArm;

    public OldDockerChooser(PlatformRequest request)
    {
        _asked = request.Shown;
        _takes = new PlatformVector(_asked, old: true, exact: true, "linux", null);
        _isArm = _asked.Architecture == "arm";
    }

    public override int RankOf(Candidate candidate)
    {
        if (candidate.Entry.Platform is not { } platform) return -1;
        if (_takes.RankOf(candidate) >= 0) return 0;
        return _isArm && platform.Os == _asked.Os && platform.Architecture == "arm" ? 1 : -1;
    }

    public override string WhyNot(Candidate candidate) => $"{_asked} is not {candidate.Entry.Platform?.ToString() ?? "an entry without a platform"}";

    private static bool IsLinux(string os) => os.Equals("linux", StringComparison.OrdinalIgnoreCase);

    protected override bool Accepts(Candidate best) => best.Entry.Platform?.Os == "linux" && !MediaTypes.IsIndex(best.Entry.MediaType);

    public override Outcome Decide(Candidates list, string reference)
    {
        if (!list.IsList) return Follow(list).Taken();
        var best = Best(list);
        if (best < 0) return Outcome.Failed($"no matching manifest for {_asked} in the manifest list entries");
        var candidate = list.Entries[best];
        if (MediaTypes.IsIndex(candidate.Entry.MediaType)) return Outcome.Failed("unsupported manifest format");
        var (said, inside) = (candidate.Entry.Platform!.Os, candidate.Config?.Os ?? candidate.Entry.Platform!.Os);
        if (inside == "windows") return Outcome.Failed("image operating system \"windows\" cannot be used on this platform");
        if (!IsLinux(said) || !IsLinux(inside)) return Outcome.Failed("operating system is not supported");
        // The daemon dies: no layer store is found for a system spelt otherwise (distribution/xfer/download.go).
        return said == "linux" && inside == "linux" ? Follow(list).Taken() : Outcome.Failed("unexpected EOF");
    }
}
