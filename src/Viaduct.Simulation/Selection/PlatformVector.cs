using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>The platforms that a host takes, best first and in normal form: containerd's <c>platforms.Only</c>.</summary>
internal static class PlatformVector
{
    public static IReadOnlyList<Platform> Of(Platform host, IReadOnlyList<FallbackRule> rules)
    {
        var own = host.Normalized();
        var vector = new List<Platform> { own };
        if (rules.FirstOrDefault(r => r.Architecture == own.Architecture) is not { } rule) return vector;
        foreach (var variant in rule.Lower(own.Variant)) Add(own.Architecture, variant);
        foreach (var (architecture, variant) in rule.Others) Add(architecture, variant);
        return vector;

        void Add(string architecture, string? variant) =>
            vector.Add(new Platform(own.Os, architecture, variant) { OsVersion = own.OsVersion, OsFeatures = own.OsFeatures });
    }

    /// <summary>The place of an entry's platform in the vector, -1 when it is not there.</summary>
    public static int RankOf(this IReadOnlyList<Platform> vector, Platform entry)
    {
        var host = vector[0];
        var normal = entry.Normalized();
        // An empty os is the host's (containerd/platforms database.go, normalizeOS).
        if (normal.Os.Length > 0 && normal.Os != host.Os) return -1;
        if (host.Os == "windows" && !WindowsBuilds.Matches(host.OsVersion, entry.OsVersion)) return -1;
        for (var rank = 0; rank < vector.Count; rank++)
            if (vector[rank].Architecture == normal.Architecture && vector[rank].Variant == normal.Variant)
                return rank;
        return -1;
    }
}
