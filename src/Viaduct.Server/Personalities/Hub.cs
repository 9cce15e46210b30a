namespace Viaduct.Server;

/// <summary>Docker Hub, its token service on the same host.</summary>
internal static class Hub
{
    public const string Pulls = "pulls";

    public static readonly Personality Made = new("hub", new("viaduct", "rehearsal"), Rules)
    {
        AnonymousPull = true,
        // 100 for who is nobody, 200 for a personal account (docker/docs usage/pulls.md): the smaller number is the safer rehearsal.
        Settings = [new(Pulls, SettingKind.Number, "100", "pulls in six hours, for each account", 1_000_000)],
    };

    private static IEnumerable<IRule> Rules(Stage stage) =>
    [
        new LibraryPrefix(),
        // _catalog: nobody is granted it. A mount from what the token does not open, as from a name of another registry: ggcr write.go, #1741.
        new TokenAuthentication(new TokenScheme("/token", "registry.docker.io")
        {
            AnonymousPull = true,
            GrantsCatalog = false,
            RefusesForeignMounts = true,
            Rename = LibraryPrefix.Apply,
        }, stage),
        new ForeignMounts(stage.Store),
        new UntaggedDeletes(stage.Store),
        new PullRate(stage.Quota!),
    ];
}
