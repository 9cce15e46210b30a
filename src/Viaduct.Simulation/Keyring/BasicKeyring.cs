namespace Viaduct.Simulation;

/// <summary>
/// Logins by the keys they are for (pkg/credentialprovider/keyring.go, BasicDockerKeyring): all that match are offered,
/// in reverse order of their keys, so that a longer path comes before its beginning and a wildcard last.
/// </summary>
internal sealed class BasicKeyring
{
    private readonly bool literalsOnly;
    private readonly KeyringEntry[] sorted;
    private readonly Dictionary<(string Host, string Port), List<int>> byHost = [];
    private readonly List<int> wildcards = [];
    private readonly RegistryPattern?[] patterns;

    /// <param name="entries">In the order in which they are added: of one key, that is the order of trial.</param>
    public BasicKeyring(IEnumerable<KeyringEntry> entries, bool literalsOnly)
    {
        this.literalsOnly = literalsOnly;
        sorted = [.. entries.OrderByDescending(entry => entry.Key, StringComparer.Ordinal)];
        patterns = new RegistryPattern?[sorted.Length];
        for (var i = 0; i < sorted.Length; i++)
        {
            if ((patterns[i] = RegistryPattern.Parse(sorted[i].Key, literalsOnly)) is not { } pattern) continue;
            if (pattern.HasWildcards) wildcards.Add(i);
            else if (byHost.TryGetValue((pattern.Host, pattern.Port), out var same)) same.Add(i);
            else byHost[(pattern.Host, pattern.Port)] = [i];
        }
    }

    public IReadOnlyList<KeyringEntry> Entries => sorted;

    public RegistryPattern? PatternOf(int position) => patterns[position];

    public IReadOnlyList<KeyringEntry> Lookup(string imageName) => Lookup([this], imageName);

    /// <summary>As if the entries of all rings had been added to one, in their order.</summary>
    public static IReadOnlyList<KeyringEntry> Lookup(IReadOnlyList<BasicKeyring> rings, string imageName)
    {
        var found = new List<KeyringEntry>();
        foreach (var ring in rings)
            ring.Match(imageName, found);
        if (found.Count > 0)
            return rings.Count == 1 ? found : [.. found.OrderByDescending(entry => entry.Key, StringComparer.Ordinal)];
        if (!IsDockerHub(imageName)) return [];
        foreach (var ring in rings)
            found.AddRange(ring.sorted.Where(entry => entry.Key == RegistryKey.DockerHub));
        return found;
    }

    /// <summary>keyring.go, isDefaultRegistryMatch.</summary>
    public static bool IsDockerHub(string imageName)
    {
        var slash = imageName.IndexOf('/');
        var first = slash < 0 ? imageName : imageName[..slash];
        return first.Length > 0 && (slash < 0 || first is "docker.io" or RegistryKey.DockerHub || first.AsSpan().IndexOfAny('.', ':') < 0);
    }

    private void Match(string imageName, List<KeyringEntry> found)
    {
        if (RegistryPattern.Parse(imageName, literalsOnly) is not { } image) return;
        byHost.TryGetValue((image.Host, image.Port), out var same);
        IEnumerable<int> candidates = wildcards.Count == 0 ? same ?? [] : [.. wildcards.Concat(same ?? []).Order()];
        foreach (var position in candidates)
            if (patterns[position]!.Matches(image))
                found.Add(sorted[position]);
    }
}
