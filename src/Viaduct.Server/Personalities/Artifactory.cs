namespace Viaduct.Server;

/// <summary>JFrog's Artifactory, a virtual repository.</summary>
internal static class Artifactory
{
    private const string Referrers = "referrers";

    public static readonly Personality Made = new("artifactory", new("viaduct", "rehearsal"), Rules)
    {
        Settings = [new(Referrers, SettingKind.Switch, "on", "whether it lists referrers; off for an older one")],
    };

    private static IEnumerable<IRule> Rules(Stage stage)
    {
        // POST of a token 401, GET works (containerd authorizer.go; containerd#2166).
        yield return new TokenAuthentication(new TokenScheme("/v2/token", "artifactory") { PostStatus = 401 }, stage);
        if (!stage.Settings.IsOn(Referrers)) yield return new Refusal("no-referrers", e => e.Route.Kind == RouteKind.Referrers, 404, "UNSUPPORTED", "there is no such endpoint");
        // sdk-container-builds#382.
        yield return new Refusal("accept-elsewhere", PullAccept.IsMisplaced, 406, "UNSUPPORTED", "none of the types of Accept can be served");
        // ggcr#1691, cosign#2973: a virtual repository does not say whether a tag is absent or forbidden.
        yield return new OtherFault("tag-403", (e, fault) => fault.Status == 404 && e.IsRead() && e.Route.NamesTag(), 403, "DENIED", "the requested resource is not to be had");
    }
}
