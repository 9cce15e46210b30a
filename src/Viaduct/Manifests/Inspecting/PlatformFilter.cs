using Viaduct.Oci;

namespace Viaduct.Manifests;

/// <summary>Whether a platform is one that <c>--platform</c> names: its version and features count only where the filter has them.</summary>
internal static class PlatformFilter
{
    /// <summary>An entry of a list; all when nothing is wanted.</summary>
    public static bool Takes(IReadOnlyList<Platform> wanted, Descriptor entry) =>
        wanted.Count == 0 || (entry.Platform is { } platform && wanted.Any(w => Takes(w, platform)));

    public static bool Takes(Platform wanted, Platform platform)
    {
        var (a, b) = (wanted.Normalized(), platform.Normalized());
        return a.Os == b.Os && a.Architecture == b.Architecture && a.Variant == b.Variant
            && (a.OsVersion is null || a.OsVersion == b.OsVersion)
            && a.OsFeatures.All(b.OsFeatures.Contains);
    }
}
