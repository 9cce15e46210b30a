using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>
/// dockerd with the containerd image store (daemon/containerd/image_pull.go): what containerd's <c>platforms.Only</c> takes,
/// and an entry without a platform when nothing else is there. Its host is a plain one, whatever the processor's level.
/// </summary>
internal sealed class DockerStoreChooser : Chooser
{
    private readonly PlatformVector _takes;
    private readonly Platform _shown;

    public DockerStoreChooser(PlatformRequest request)
    {
        var wanted = request.Wanted;
        _takes = new PlatformVector(wanted, old: false, exact: false, "linux", new WindowsBuilds(wanted.OsVersion, byPrefix: false));
        _shown = request.Shown;
    }

    public override int RankOf(Candidate candidate) => candidate.Entry.Platform is null ? LastResort : _takes.RankOf(candidate);

    public override string WhyNot(Candidate candidate) => $"{_shown} does not take {candidate.Entry.Platform}";

    public override Outcome Decide(Candidates list, string reference) =>
        Follow(list) is { Image: not null } trail
            ? trail.Taken()
            : Outcome.Failed($"Error response from daemon: no matching manifest for {_shown} in the manifest list entries: no match for platform in manifest: not found");
}
