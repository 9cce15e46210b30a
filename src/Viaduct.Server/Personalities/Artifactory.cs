namespace Viaduct.Server;

/// <summary>JFrog's Artifactory, a virtual repository.</summary>
internal static class Artifactory
{
    public static readonly Personality Made = new("artifactory", new("viaduct", "rehearsal"), Rules);

    private static IEnumerable<IRule> Rules(Stage stage) =>
    [
        // POST of a token 401, GET works (containerd authorizer.go; containerd#2166).
        new TokenAuthentication(new TokenScheme("/v2/token", "artifactory") { PostStatus = 401 }, stage),
        // sdk-container-builds#382.
        new Refusal("accept-elsewhere", PullAccept.IsMisplaced, 406, "UNSUPPORTED", "none of the types of Accept can be served"),
        // ggcr#1691, cosign#2973: a virtual repository does not say whether a tag is absent or forbidden.
        new OtherFault("tag-403", (e, fault) => fault.Status == 404 && e.IsRead() && e.Route.NamesTag(), 403, "DENIED", "the requested resource is not to be had"),
    ];
}
