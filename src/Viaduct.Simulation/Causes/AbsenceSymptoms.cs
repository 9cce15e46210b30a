namespace Viaduct.Simulation;

/// <summary>The registry answers, and does not have it.</summary>
internal static class AbsenceSymptoms
{
    private const string Containerd = "containerd, core/remotes/docker/resolver.go";
    private const string Docker = "moby, distribution/errors.go; distribution, registry/api/errcode";

    public static readonly IReadOnlyList<Symptom> All =
    [
        new("schema1", "The image has docker's first format.", Containerd + "; core/remotes/docker/schema1", ["manifest.v1+prettyjws", "schema 1 image manifests", "missing signature key", ": no signatures", "manifest schema unsupported"], [AbsenceCauses.Schema1]),
        new("no-image", "What the name leads to is no image.", "containerd, core/images; moby", ["unsupported media type", "unknown media type", "unexpected media type", "mediaType in manifest should be", "unsupported manifest media type", "invalid image config media type", "encountered remote \"application/"],
            [AbsenceCauses.OtherArtifact, NodeCauses.LayerFormat]),
        new("digest-not-found", "The registry has no manifest of this digest under this name.", Containerd, ["failed to resolve*@sha256:*: not found", "@sha256:*not found", "manifest for*@sha256:*not found"], [AbsenceCauses.DigestAbsent, AbsenceCauses.NameWrong, AbsenceCauses.MirrorAnswers]),
        new("repository-not-found", "The registry has no such repository, or does not show it.", Docker, ["name unknown", "NAME_UNKNOWN", "repository*not found", "RepositoryNotFoundException", "does not exist in the registry with id", "Repo not found"],
            [AbsenceCauses.NameWrong, AccessCauses.NoRights, AccessCauses.NoCredential, AbsenceCauses.HubByDefault]),
        new("manifest-unknown", "The registry has no manifest of this tag.", Docker, ["manifest unknown", "MANIFEST_UNKNOWN", "manifest for*not found", "artifact not found", "Failed to fetch \""], [AbsenceCauses.TagAbsent, AbsenceCauses.NameWrong, AbsenceCauses.MirrorAnswers, AbsenceCauses.HubByDefault]),
        new("not-found", "The registry has no such tag or no such repository; the runtime does not say which.", Containerd, ["failed to resolve*: not found", "code = NotFound*: not found", "404 Not Found", "reading manifest*not found"],
            [AbsenceCauses.TagAbsent, AbsenceCauses.NameWrong, AbsenceCauses.MirrorAnswers, AbsenceCauses.HubByDefault, AccessCauses.NoRights]),
        new("registry-words", "The registry answers with an error of its own.", Docker, ["daemon: unknown: ", "daemon: unsupported"], [NetworkCauses.NoRegistry, AbsenceCauses.NameWrong, NetworkCauses.RegistryFault]),
    ];
}
