namespace Viaduct.Simulation;

/// <summary>What kubelet makes of a key as it is written in an auths map (pkg/credentialprovider/keyring.go, Add).</summary>
internal static class RegistryKey
{
    /// <summary>The key of Docker Hub that is asked where nothing else matched.</summary>
    public const string DockerHub = "index.docker.io";

    /// <returns>Null where the entry is skipped, because Go cannot read it as a URL.</returns>
    public static string? Normalize(string written, bool literalsOnly = false)
    {
        if (GoUrl.Parse(WithoutScheme(written), literalsOnly) is not { } url) return null;
        var path = url.Path;
        // docker's own spelling of a registry; without the last slash it is a path like any other.
        if (path.StartsWith("/v1/", StringComparison.Ordinal) || path.StartsWith("/v2/", StringComparison.Ordinal))
            path = path[3..];
        return path is "" or "/" ? url.Host : url.Host + path;
    }

    /// <summary>Lower-case schemes alone are known; <c>HTTPS://r.io</c> is a host named HTTPS.</summary>
    public static string WithoutScheme(string written) =>
        written.StartsWith("https://", StringComparison.Ordinal) ? written["https://".Length..]
        : written.StartsWith("http://", StringComparison.Ordinal) ? written["http://".Length..]
        : written;

    /// <summary>For people: what stands before <c>@</c> counts for nothing, and may be a password.</summary>
    public static string Shown(string written) => Yaml.YamlErrors.Shown(written.LastIndexOf('@') is >= 0 and var at ? "…" + written[at..] : written);
}
