using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>
/// The containers project's library, in skopeo, podman and CRI-O: words are compared as they stand
/// (containers/image internal/pkg/platform/platform_matcher.go, WantedPlatforms and MatchesPlatform; internal/manifest/oci_index.go).
/// </summary>
internal sealed class ContainersImageChooser : Chooser
{
    private static readonly string[] ArmVariants = ["v8", "v7", "v6", "v5"];

    private readonly Platform _wanted;
    private readonly string?[] _variants;
    private readonly ContainersTool _tool;

    public ContainersImageChooser(PlatformRequest request, ContainersTool tool)
    {
        _tool = tool;
        _wanted = tool.Reads(request);
        var known = _wanted.Architecture switch { "arm" => ArmVariants, "arm64" => ["v8"], _ => [] };
        _variants = _wanted.Variant is not { } variant ? [null, .. known]
            : Array.IndexOf(known, variant) is >= 0 and var own ? [.. known.Skip(own), null]
            : [variant, null];
    }

    public override int RankOf(Candidate candidate) =>
        candidate.Entry.Platform is not { } platform ? LastResort
        : platform.Os == _wanted.Os && platform.Architecture == _wanted.Architecture ? Array.IndexOf(_variants, platform.Variant)
        : -1;

    public override string WhyNot(Candidate candidate) =>
        _tool.RefusesNested && candidate.Nested is not null ? "it is a list itself" : $"{candidate.Entry.Platform} is not among {string.Join(", ", _variants.Select(v => v is null ? "no variant" : v))} of {_wanted.Os}/{_wanted.Architecture}, word for word";

    /// <summary>In docker's lists a platform is no pointer, so that none is an empty one (internal/manifest/docker_schema2_list.go).</summary>
    protected override bool TakesUnnamed(Candidates list) => !list.IsDocker;

    /// <summary>Docker's lists have no annotations to tell.</summary>
    protected override bool IsBetter(Candidates list, Candidate one, Candidate other) => !list.IsDocker && one.IsZstd && !other.IsZstd;

    protected override bool Accepts(Candidate best) => !(_tool.RefusesNested && MediaTypes.IsIndex(best.Entry.MediaType));

    public override Outcome Decide(Candidates list, string reference)
    {
        var trail = Follow(list);
        if (trail.Steps.Count > 0 && !Accepts(trail.Steps[0].Candidate)) return Outcome.Failed(_tool.Nested(reference));
        if (trail.Stuck is not { } stuck) return trail.Taken();
        var kind = stuck.IsDocker ? "manifest list" : "image index";
        return Outcome.Failed(_tool.NoImage(reference, $"no image found in {kind} for architecture \"{_wanted.Architecture}\", variant \"{_wanted.Variant}\", OS \"{_wanted.Os}\""));
    }
}
