namespace Viaduct.Build.Engines;

/// <summary>
/// Which build arguments may go to buildx by its environment, where other users of the machine do not see them. Docker, buildx and the programs
/// that they start (git, ssh, credential helpers, clients of cache backends) read variables themselves, and an argument must not change what they do.
/// </summary>
internal static class ArgumentNames
{
    /// <summary>Read by cache backends and credential helpers: buildx' s3, azblob and gha, docker-credential-ecr-login, -gcr.</summary>
    private static readonly string[] Accounts = ["AWS_", "ACTIONS_", "AZURE_", "CLOUDSDK_"];

    private static readonly string[] Prefixes =
        ["BUILDX_", "BUILDKIT_", "COMPOSE_", "DOCKER_BUILD", "DOCKER_CLI_", "DOCKER_CONTENT_TRUST", "DOCKER_TLS", "OTEL_", "LD_", "DYLD_", "XDG_", "KUBERNETES_", .. Accounts];

    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "TERM", "PWD", "TMPDIR", "TMP", "TEMP", "DISPLAY", "NO_COLOR", "SYSTEMROOT", "PATHEXT", "USERPROFILE", "APPDATA",
        "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "FTP_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "KUBECONFIG", "GLIBC_TUNABLES",
        "GODEBUG", "GOGC", "GOMAXPROCS", "GOMEMLIMIT", "GOTRACEBACK", "GOCOVERDIR", "GORACE",
        "SSH_AUTH_SOCK", "SSH_AGENT_PID", "SSH_ASKPASS", "SSH_ASKPASS_REQUIRE", "SSH_SK_PROVIDER",
        "DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG", "DOCKER_CERT_PATH", "DOCKER_API_VERSION", "DOCKER_DEFAULT_PLATFORM", "DOCKER_AUTH_CONFIG", "DOCKER_CUSTOM_HEADERS",
        "DOCKER_TMPDIR", "DOCKER_HIDE_LEGACY_COMMANDS", "GOOGLE_APPLICATION_CREDENTIALS",
    };

    private static readonly string[] Secret = ["TOKEN", "SECRET", "PASSWORD", "KEY", "AUTH", "CREDENTIAL"];

    /// <summary>Whether it may be a variable of the process; else it stands in its command line.</summary>
    public static bool CanBeVariable(string name) =>
        name is [not (>= '0' and <= '9'), ..] && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !IsReadByTools(name);

    /// <summary>A credential of the tools' own: by variable it would be taken for theirs, and in the command line everybody would read it.</summary>
    public static bool IsRefused(string name) =>
        name.Equals("DOCKER_AUTH_CONFIG", StringComparison.OrdinalIgnoreCase) || (Accounts.Any(p => Begins(name, p)) && LooksSecret(name));

    /// <summary>git reads some fifty names with this prefix, none of them a password.</summary>
    private static bool IsReadByTools(string name) => Names.Contains(name) || Prefixes.Any(p => Begins(name, p)) || (Begins(name, "GIT_") && !LooksSecret(name));

    private static bool LooksSecret(string name) => Secret.Any(s => name.Contains(s, StringComparison.OrdinalIgnoreCase));

    private static bool Begins(string name, string prefix) => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
}
