namespace Viaduct.Server;

/// <summary>Harbor, distribution inside.</summary>
internal static class Harbor
{
    // Robot accounts are called robot$NAME: $ is for shells and addresses to be escaped, and for clients to leave alone.
    public static readonly Personality Made = new("harbor", new("robot$viaduct", "rehearsal"), Rules) { AnonymousPull = true };

    private static IEnumerable<IRule> Rules(Stage stage) =>
    [
        new TokenAuthentication(new TokenScheme("/service/token", "harbor-registry") { AnonymousPull = true }, stage),
        // containers/image docker_client.go (isManifestUnknownError); harbor#13802.
        new OtherFault("unknown-404", (_, fault) => fault.Status == 404, 404, "UNKNOWN", "not found"),
        new Compression(),
    ];
}
