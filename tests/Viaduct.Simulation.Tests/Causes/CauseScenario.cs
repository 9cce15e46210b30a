namespace Viaduct.Simulation.Tests;

/// <summary>What was really the matter in a recorded scenario.</summary>
internal static class CauseScenario
{
    private static readonly (string Words, string Cause)[] Table =
    [
        ("403 with credentials", "no-rights"),
        ("insufficient_scope, with credentials", "no-rights"),
        ("bearer token endpoint 401 with credentials", "wrong-password"),
        ("connection refused", "registry-down"),
        ("no such host", "host-wrong"),
        ("unknown authority", "ca-unknown"),
        ("certificate for", "certificate-name"),
        ("plain http", "plain-http"),
        ("illegal base64", "bad-secret"),
        ("server_address: 127", "server-address"),
        ("server_address: other", "secret-key"),
        ("server_address: https://other", "secret-key"),
        ("server_address of another host", "secret-key"),
        ("htpasswd registry, no credentials", "no-credential"),
        ("htpasswd registry, wrong password", "wrong-password"),
        ("fake registry: bearer401", "no-credential"),
        ("fake registry: basic401", "no-credential"),
        ("fake registry: hub", "no-credential"),
        ("registry: e403", "no-rights"),
        ("registry: e429", "rate-limit"),
        ("registry: empty429", "rate-limit"),
        ("registry: e50", "registry-fault"),
        ("registry: name", "name-wrong"),
        ("repository unknown", "name-wrong"),
        ("registry: unknown, by digest", "digest-absent"),
        ("registry: unknown", "tag-absent"),
        ("registry: schema1", "schema1"),
        ("registry: emptytoken", "token-service"),
    ];

    /// <summary>Null where the words do not tell, and where what was said is about another thing: docker asks for /v2/ first.</summary>
    public static string? Of(PullErrorRow row)
    {
        if (row.Says("ping: ") || row.Says("credentials by docker too") || row.Says("identity token")) return null;
        // Given again by digest, what no registry has: docker cannot tell a digest from a tag.
        if (row.Says("registry: unknown") && row.Image.Contains('@')) return row.Tool.StartsWith("CRI", StringComparison.Ordinal) ? "digest-absent" : null;
        var cause = Table.FirstOrDefault(t => row.Says(t.Words)).Cause;
        // Older containerd goes on without the login, and docker does not say that a token was empty.
        return (cause == "bad-secret" && row.Text!.Contains("401")) || (cause == "token-service" && !row.Text!.Contains("token in the response")) ? null : cause;
    }
}
