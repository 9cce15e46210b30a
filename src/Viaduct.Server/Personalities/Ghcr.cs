namespace Viaduct.Server;

/// <summary>GitHub's container registry.</summary>
internal static class Ghcr
{
    private const string Lag = "tag-lag";
    private const string Delay = "commit-delay";

    public static readonly Personality Made = new("ghcr", new("viaduct", "rehearsal"), Rules)
    {
        // Any name goes with a PAT or GITHUB_TOKEN.
        AnyUser = true,
        AnonymousPull = true,
        Settings =
        [
            new(Lag, SettingKind.Time, "500ms", "how long readers see a tag as it was before", 60_000),
            new(Delay, SettingKind.Time, "0s", "how much later than the blob is stored its commit is answered", 60_000),
        ],
    };

    private static IEnumerable<IRule> Rules(Stage stage) =>
    [
        new TokenAuthentication(new TokenScheme("/token", "ghcr.io") { AnonymousPull = true, GrantsCatalog = false }, stage),
        // attest-build-provenance#71: clients have to keep the tag sha256-<hex> there.
        new Refusal("no-referrers", e => e.Route.Kind == RouteKind.Referrers, 404, "UNSUPPORTED", "there is no such endpoint"),
        // 405 UNSUPPORTED: packages are deleted through GitHub's own API.
        new Refusal("no-deletes", e => e is { Method: "DELETE", Route.Kind: RouteKind.Manifest or RouteKind.Blob }, 405, "UNSUPPORTED", "The operation is unsupported."),
        new PatchLimit(4 << 20),
        new TagLag(stage.Settings.Time(Lag), stage.Store, stage.Clock),
        new SlowCommit(stage.Settings.Time(Delay), stage.Clock),
    ];
}
