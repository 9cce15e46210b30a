using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>
/// crane and oras take the first entry whose words are those asked for; a variant counts only when it is asked for
/// (go-containerregistry pkg/v1/remote/index.go, matchesPlatform; oras-go content/platform.go, Match).
/// </summary>
internal sealed class FirstEqualChooser(PlatformRequest request, bool isOras) : Chooser
{
    // Both write windows/amd64:10.0.17763; in docker's form the brackets become a part of the system's name.
    private readonly string _os = request.Platform.OsVersion is { } version ? $"{request.Platform.Os}({version})" : request.Platform.Os;

    public override int RankOf(Candidate candidate) => Matches(candidate.Entry.Platform) ? 0 : -1;

    public override string WhyNot(Candidate candidate) => $"{request.Platform} is not {candidate.Entry.Platform?.ToString() ?? "an entry without a platform"}, word for word";

    /// <summary>oras takes a list in a list for the manifest, and nothing comes of it.</summary>
    protected override bool Accepts(Candidate best) => !isOras || !MediaTypes.IsIndex(best.Entry.MediaType);

    public override Outcome Decide(Candidates list, string reference)
    {
        var trail = Follow(list);
        if (!isOras)
            return trail.Image is null ? Outcome.Failed($"Error: fetching config: reading image \"{reference}\": no child with platform {request.Platform} in index {Named(trail.Stuck!)}") : trail.Taken();
        if (!list.IsList)
            return Matches(trail.Image!.Config) ? trail.Taken() : Failed("platform in manifest does not match target platform");
        if (trail.Steps.Count == 0) return Failed("no matching manifest was found in the manifest list");
        return Accepts(trail.Steps[0].Candidate) ? trail.Taken() : Outcome.Failed(null);

        // A list in the list goes by its digest.
        string Named(Candidates stuck) => stuck == list || !Reference.TryParse(reference, out var name) ? reference : $"{name.Name}@{stuck.Digest}";

        Outcome Failed(string why) => Outcome.Failed($"Error response from registry: failed to fetch the content of \"{reference}\": {list.Digest}: not found: {why}");
    }

    /// <summary>For crane an entry without a platform is linux/amd64 (go-containerregistry, defaultPlatform).</summary>
    private bool Matches(Platform? platform)
    {
        if (platform is null) return !isOras && _os == "linux" && request.Platform is { Architecture: "amd64", Variant: null };
        return platform.Os == _os && platform.Architecture == request.Platform.Architecture
            && (request.Platform.Variant is null || request.Platform.Variant == platform.Variant);
    }
}
