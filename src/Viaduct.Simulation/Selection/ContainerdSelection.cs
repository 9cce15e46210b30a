using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>
/// How containerd 2.0 and later choose from a list when they unpack it, and CRI when it pulls without the transfer service
/// (containerd core/images/image.go, Manifest, with platforms.Only of the host).
/// </summary>
/// <remarks>
/// With the transfer service, the default of CRI from 2.1 on, only an exact entry is fetched:
/// a result that is not <see cref="SelectionResult.Exact"/> fails there (containerd internal/cri/server/images/image_pull.go).
/// </remarks>
public static class ContainerdSelection
{
    public static Descriptor? Select(IReadOnlyList<Descriptor> entries, Platform host) => Choose(entries, host).Chosen;

    public static SelectionResult Choose(IReadOnlyList<Descriptor> entries, Platform host) => Choose(entries, host, asHost: true);

    /// <param name="asHost">
    /// False when one host asks for the platform of another. It matters for Windows: a Windows host has no fall-backs, and the greater
    /// os.version, compared as text, comes first (containerd/platforms v1.0 defaults_windows.go, and windowsMatchComparer in platform_windows_compat.go).
    /// </param>
    internal static SelectionResult Choose(IReadOnlyList<Descriptor> entries, Platform host, bool asHost)
    {
        var onWindows = asHost && host.Normalized().Os == "windows";
        var vector = PlatformVector.Of(host, onWindows ? [] : ContainerdRules.Fallbacks);
        var ranks = new int[entries.Count];
        var best = -1;
        for (var i = 0; i < ranks.Length; i++)
        {
            ranks[i] = entries[i].Platform is { } platform ? vector.RankOf(platform) : -1;
            if (ranks[i] >= 0 && (best < 0 || IsBetter(i, best))) best = i;
        }
        var passed = Enumerable.Range(0, ranks.Length).Where(i => i != best).Select(i => Passed(entries[i], ranks[i]));
        return new SelectionResult
        {
            Chosen = best < 0 ? null : entries[best],
            Rank = best < 0 ? -1 : ranks[best],
            Passed = [.. passed],
        };

        bool IsBetter(int one, int other) => ranks[one] != ranks[other]
            ? ranks[one] < ranks[other]
            : onWindows && string.CompareOrdinal(entries[one].Platform!.OsVersion ?? "", entries[other].Platform!.OsVersion ?? "") > 0;

        PassedEntry Passed(Descriptor entry, int rank) => entry.Platform switch
        {
            null => new(entry, PassReason.NoPlatform, "it names no platform"),
            { Os: "unknown", Architecture: "unknown" } => new(entry, PassReason.Attestation, "it is an attestation"),
            var platform when rank < 0 => new(entry, PassReason.OtherPlatform, $"a {host} host does not take {platform}"),
            var platform when rank > ranks[best] => new(entry, PassReason.WorsePlatform, $"{entries[best].Platform} is better than {platform}"),
            var platform when platform.OsVersion != entries[best].Platform!.OsVersion =>
                new(entry, PassReason.WorsePlatform, $"{entries[best].Platform} comes before {platform}"),
            var platform => new(entry, PassReason.Duplicate, $"an entry for {platform} stands before it"),
        };
    }
}
