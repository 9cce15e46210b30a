namespace Viaduct.Simulation;

/// <summary>
/// Registries and paths in them that a key of a keyring, or a line of a provider's matchImages, stands for
/// (pkg/credentialprovider/keyring.go, URLsMatchStr): equal ports, as many parts between dots, each part by its wildcards, and the path as a plain prefix.
/// </summary>
internal sealed class RegistryPattern
{
    private readonly GoGlob[] parts;
    private readonly string[] words;

    private RegistryPattern(GoUrl url)
    {
        (Host, Port) = url.Split();
        Path = url.Path;
        words = Host.Split('.');
        parts = [.. words.Select(word => new GoGlob(word))];
    }

    public string Host { get; }

    /// <summary>Empty where none is written, which is another port than 443.</summary>
    public string Port { get; }

    public string Path { get; }

    public int Depth => words.Length;

    public bool HasWildcards => Array.Exists(parts, part => !part.IsLiteral);

    /// <param name="text">Without a scheme: a key as it was normalized, a pattern as it is written, the name of an image without tag and digest.</param>
    /// <returns>Null where Go cannot read it as a URL: it matches nothing.</returns>
    public static RegistryPattern? Parse(string text, bool literalsOnly = false) =>
        GoUrl.Parse(text, literalsOnly) is { } url ? new(url) : null;

    /// <summary>Go's words about a pattern that is no URL; null where it is one.</summary>
    public static string? WhyInvalid(string pattern, bool literalsOnly = false)
    {
        GoUrl.Parse(pattern, literalsOnly, out var fault);
        if (fault is null) return null;
        // Go parts from the fragment first, and names what it was about to read.
        var main = pattern.Split('#')[0];
        GoUrl.Parse(main, literalsOnly, out var sooner);
        return $"parse {GoText.Quote("https://" + (sooner is null ? pattern : main))}: {fault}";
    }

    public static bool Matches(string pattern, string image, bool literalsOnly = false) =>
        Parse(pattern, literalsOnly) is { } registry && Parse(image, literalsOnly) is { } target && registry.Matches(target);

    public bool Matches(RegistryPattern image) =>
        Port == image.Port && MatchesHost(image) && image.Path.StartsWith(Path, StringComparison.Ordinal);

    /// <summary>The names alone, whatever port and path are.</summary>
    public bool MatchesHost(RegistryPattern image)
    {
        if (words.Length != image.words.Length) return false;
        for (var i = 0; i < words.Length; i++)
            if (!parts[i].Matches(image.words[i]))
                return false;
        return true;
    }
}
