namespace Viaduct.Simulation;

/// <summary>The registry wants to know who asks, or refuses who does.</summary>
internal static class AccessSymptoms
{
    private const string Containerd = "containerd, core/remotes/docker/authorizer.go and resolver.go";
    private const string Old = "containerd 1.6, remotes/docker/resolver.go";
    private const string Docker = "moby, distribution/errors.go, with the registry's own words";

    private static readonly IReadOnlyList<Cause> NotShown =
        [AccessCauses.NoCredential, AccessCauses.SecretKey, AccessCauses.SecretElsewhere, AccessCauses.SecretType, AccessCauses.ServiceAccount, AccessCauses.NodeLogin, AccessCauses.Provider, AbsenceCauses.NameWrong];

    private static readonly IReadOnlyList<Cause> NotTaken = [AccessCauses.WrongPassword, AccessCauses.TokenEnded, AccessCauses.StaleOnPublic, AccessCauses.IdentityToken, AccessCauses.NoRights];

    private static readonly IReadOnlyList<Cause> Either =
        [AccessCauses.NoCredential, AccessCauses.WrongPassword, AccessCauses.SecretKey, AccessCauses.TokenEnded, AccessCauses.StaleOnPublic, AbsenceCauses.NameWrong, AccessCauses.NoRights];

    private static readonly IReadOnlyList<Cause> Hidden = [AccessCauses.NoCredential, AbsenceCauses.NameWrong, AccessCauses.NoRights, AccessCauses.SecretKey, AbsenceCauses.HubByDefault];

    public static readonly IReadOnlyList<Symptom> All =
    [
        new("token-ended", "The registry says that the login has ended.", "registries' words: Amazon ECR, Azure", ["authorization token has expired", "token is expired", "ExpiredToken", "AADSTS7000222"], [AccessCauses.TokenEnded, AccessCauses.StaleOnPublic]),
        new("no-basic-credentials", "The registry wants a login, and none was shown.", Containerd + "; moby", ["no basic auth credentials"], [.. NotShown, AccessCauses.TokenEnded]),
        new("scope-refused", "The repository is private or does not exist; registries do not tell which. Either no login was shown, or one that may not read it.", Containerd, ["insufficient_scope"], Hidden),
        new("token-invalid", "The registry does not take the token that its own service gave.", Containerd, ["server message: invalid_token"], [NetworkCauses.TokenService, NetworkCauses.Clock, AccessCauses.NoRights]),
        new("login-refused-by-token-service", "A login was shown to the registry's token service, and refused.", Containerd, ["failed to fetch oauth token*: 40"], NotTaken),
        new("anonymous-token-refused", "The registry's token service gives nothing to those without a login, and none was shown.", Containerd, ["failed to fetch anonymous token*: 40"], NotShown),
        new("unauthorized-request", "The registry asks for a login and does not take the one that was shown.", Containerd, ["unexpected status from HEAD request*401 Unauthorized", "unexpected status from GET request*401 Unauthorized"], [.. NotTaken, AccessCauses.NoCredential]),
        new("unauthorized-status", "The registry asks for a login: none was shown, or one that it does not take. This version does not say which.", Old, ["failed with status code*401 Unauthorized", "401 Unauthorized"], Either),
        new("forbidden", "The registry refuses the repository, the login or the network.", Containerd + "; " + Old, ["403 Forbidden", "HTTP 403", "permission*denied on resource", "\" denied on"],
            [AccessCauses.NoRights, AccessCauses.TokenEnded, NetworkCauses.NetworkRefused, AccessCauses.CloudRole, AbsenceCauses.NameWrong]),
        new("unauthenticated", "The registry wants a login, and none was shown.", "registries' words: Google, GitLab", ["Unauthenticated request", "unauthorized: authentication required", "invalid username/password"], Either),
        new("access-denied", "The repository is private or does not exist, or the login may not read it.", Docker, ["pull access denied", "requested access to the resource is denied", "may require 'docker login'"], Hidden),
        new("unauthorized", "The registry does not let this caller in.", Docker, ["daemon: unauthorized", ": unauthorized:", "unauthorized: ", "error from registry:", "unable to retrieve auth token", "Requesting bearer token*40"], Either),
        new("denied", "The registry refuses it.", Docker, ["daemon: denied", "denied: "], [AccessCauses.NoRights, AccessCauses.NoCredential, AbsenceCauses.NameWrong, AccessCauses.TokenEnded]),
        new("private-repository", "The image was not found by one who may not see it, or is not there at all: old versions of docker say the same of both.", "docker 1.x, registry/session.go", ["Error: image*not found"],
            [AccessCauses.NoCredential, AbsenceCauses.NameWrong, AbsenceCauses.TagAbsent, AccessCauses.SecretKey]),
    ];
}
