using System.Globalization;
using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>
/// The keys of containerd's config.toml that decide how CRI pulls since 2.1: through the transfer service, or locally as before.
/// All but the first make it fall back by themselves, with a warning in its log (containerd v2.1 internal/cri/config/config.go,
/// CheckLocalImagePullConfigs).
/// </summary>
internal static class ContainerdSwitches
{
    private const string Downloads = "max_concurrent_downloads";
    private const string Annotations = "disable_snapshot_annotations";

    internal static readonly IReadOnlyList<string> Flags = ["use_local_image_pull", "discard_unpacked_layers", "image_pull_with_sync_fs", Annotations];
    internal static readonly IReadOnlyList<string> Registry = ["registry.mirrors", "registry.configs", "registry.auths"];
    internal static readonly IReadOnlyList<string> Keys = [.. Flags, .. Registry, Downloads];

    /// <summary>Whether what a node's entry says of its containerd makes that pull locally.</summary>
    public static bool PullsLocally(YamlMap said, bool isLinux)
    {
        said.Only(Keys);
        var isLocal = false;
        foreach (var flag in Flags)
            if (said.Value(flag) is { IsNull: false } value)
                // Snapshotters of other systems read no annotations, and true is the default there and here.
                isLocal |= flag == Annotations ? !Truth(flag, value) && isLinux : Truth(flag, value);
        foreach (var key in Registry)
            if (said.Value(key) is { IsNull: false } value)
                isLocal |= value.Map is { } map ? !map.IsEmpty : Truth(key, value);
        if (said.Value(Downloads) is { IsNull: false } downloads) isLocal |= Number(downloads) != 3;
        return isLocal;
    }

    private static int Number(YamlValue value) =>
        int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : throw NodeErrors.BadValue(value.Where, Downloads, "has to be a whole number");

    private static bool Truth(string key, YamlValue value) => NodeEntry.Truth(key, value);
}
