namespace Viaduct.Registry;

/// <summary>Whose rules a document with credentials follows.</summary>
internal enum CredentialFormat
{
    /// <summary>docker's config.json (docker/cli cli/config/configfile/file.go).</summary>
    Docker,

    /// <summary><c>DOCKER_AUTH_CONFIG</c>: the <c>auths</c> of config.json and nothing else of it (file.go, configEnv).</summary>
    Variable,

    /// <summary>podman's auth.json: keys may have paths, and there is no helper for all (containers-auth.json(5)).</summary>
    Podman,

    /// <summary><c>.dockercfg</c>, before docker 1.7: what is under <c>auths</c> today is the whole file.</summary>
    Legacy,
}
