using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>Keys that somebody wrote for an image and that do not match it.</summary>
internal sealed class NearMiss(string imageName, RegistryPattern image, bool literalsOnly)
{
    private static readonly string[] HubNames = ["registry-1.docker.io", "hub.docker.com", "registry.hub.docker.com", "docker.com", "auth.docker.io", RegistryKey.DockerHub, "docker.io"];

    private readonly bool _isHub = BasicKeyring.IsDockerHub(imageName);

    /// <returns>Goes on from the key; null where it matches, and where it is about something else.</returns>
    public string? Why(DockerConfigEntry entry)
    {
        var written = entry.Written;
        if (entry.PatternFor(literalsOnly) is not { } pattern)
            return written.Contains(image.Host, StringComparison.OrdinalIgnoreCase) || IsClass(written)
                ? $"cannot be read as a URL, and kubelet passes over it: {GoWords(written)}" : null;
        if (pattern.Matches(image)) return null;
        if (Hub(pattern) is { } hub) return hub;
        if (pattern.MatchesHost(image)) return pattern.Port == image.Port ? Path(pattern) : Port(pattern);
        return Scheme(written) ?? Letters(pattern) ?? Depth(pattern) ?? Question(written);
    }

    private string GoWords(string written)
    {
        // They repeat some of it, which may be of a password.
        if (written.Contains('@')) return "it is no URL";
        GoUrl.Parse(RegistryKey.WithoutScheme(written), literalsOnly, out var fault);
        return fault ?? "it is no URL";
    }

    /// <summary>A class of characters where Go expects an address in brackets.</summary>
    private bool IsClass(string written) =>
        RegistryKey.WithoutScheme(written) is var text && text.Contains('[') && new GoGlob(text.Split('/')[0]).Matches(image.Host);

    private string? Hub(RegistryPattern pattern)
    {
        if (!_isHub || !HubNames.Contains(pattern.Host)) return null;
        if (pattern is { Host: RegistryKey.DockerHub, Path: "", Port: "" })
            return "is asked only where no other key of its keyring matches";
        if (pattern.Host == "docker.io" && !IsVersion(pattern.Path)) return pattern.Port == "" ? Path(pattern) : Port(pattern);
        return "is none that kubelet takes for Docker Hub: write https://index.docker.io/v1/ or docker.io";
    }

    private static bool IsVersion(string path) => path is "/v1" or "/v2";

    private static string Path(RegistryPattern pattern) => IsVersion(pattern.Path)
        ? $"is for images below {pattern.Path}, for it lacks the slash at its end: write {pattern.Host}"
        : $"is for images that begin with {YamlErrors.Shown(pattern.Host + pattern.Path)}";

    private string Port(RegistryPattern pattern) =>
        $"has {Named(pattern.Port)} and the image {Named(image.Port)}: they have to be written alike";

    private static string Named(string port) => port.Length == 0 ? "no port" : "port " + port;

    private string? Scheme(string written) =>
        written.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme && RegistryPattern.Matches(written[(scheme + 3)..], imageName, literalsOnly)
            ? "begins with a scheme that kubelet does not know: it takes https:// and http:// in small letters" : null;

    private string? Letters(RegistryPattern pattern) =>
        string.Equals(pattern.Host, image.Host, StringComparison.OrdinalIgnoreCase) ? "differs in the case of its letters, which counts" : null;

    /// <summary>The registry's own name written with a star too few or too many.</summary>
    private string? Depth(RegistryPattern pattern)
    {
        if (!pattern.HasWildcards || pattern.Depth == image.Depth) return null;
        var last = pattern.Host.LastIndexOf('*');
        var tail = last < 0 ? "" : pattern.Host[(last + 1)..];
        var ends = tail.StartsWith('.') && ("." + image.Host).EndsWith(tail, StringComparison.Ordinal);
        return ends ? FormattableString.Invariant($"has {pattern.Depth} parts between its dots and {image.Host} has {image.Depth}: a star stands for one part, never for a dot") : null;
    }

    /// <summary>What follows a question mark is a URL's query, and lost.</summary>
    private string? Question(string written) =>
        written.Contains('?') && new GoGlob(RegistryKey.WithoutScheme(written).Split('/')[0]).Matches(image.Host)
            ? "has a question mark, behind which a URL has its query: it is no wildcard here" : null;
}
