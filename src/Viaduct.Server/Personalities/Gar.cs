namespace Viaduct.Server;

/// <summary>Google's Artifact Registry (<c>*.pkg.dev</c>), and gcr.io that it serves.</summary>
internal static class Gar
{
    public static readonly Personality Made = new("gar", new("oauth2accesstoken", "rehearsal"), Rules);

    private static IEnumerable<IRule> Rules(Stage stage) =>
    [
        new UploadsElsewhere(),
        // 401 without WWW-Authenticate on all but /v2/, and POST of a token 404 (containers/image docker_client.go; containerd authorizer.go; skopeo#1101).
        new TokenAuthentication(new TokenScheme("/v2/token", "pkg.dev") { ChallengesAtPingOnly = true, PostStatus = 404 }, stage),
        new OnePiece(),
    ];
}
