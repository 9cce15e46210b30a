namespace Viaduct.Server;

/// <summary>Quay, quay.io or one's own.</summary>
internal static class Quay
{
    public static readonly Personality Made = new("quay", new("team+robot", "rehearsal"), Rules) { AnonymousPull = true };

    private static IEnumerable<IRule> Rules(Stage stage) =>
    [
        // "delete" in a scope grants nothing at all; * or pull,push does (containers/image docker_client.go).
        new TokenAuthentication(new TokenScheme("/v2/auth", "quay.io") { AnonymousPull = true, IgnoresDelete = true }, stage),
        // ggcr write.go: it is the parameter that is missed, whatever the registry has.
        new Refusal("mount-needs-from", e => e.Route.Kind == RouteKind.Uploads && e.Query("mount") is not null && string.IsNullOrEmpty(e.Query("from")), 400, "NAME_INVALID", "a mount names its source in from"),
        // jib#703.
        new OtherStatus("manifest-202", e => e.IsPut(RouteKind.Manifest), 201, 202),
    ];
}
