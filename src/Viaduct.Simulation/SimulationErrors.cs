using Viaduct.Oci;
using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>The failures of simulating: VIA60xx. What a node would run into is a finding, never one of these.</summary>
internal static class SimulationErrors
{
    public static ViaductException BadNode(Platform node) =>
        new("VIA6001", $"a node cannot be {node}: it needs an operating system and an architecture",
            todo: "Write the node as os/architecture[/variant], for example linux/arm64.", exit: ExitCode.Usage);

    public static ViaductException NotAnImage(RawManifest manifest) =>
        new("VIA6002", $"{manifest.Digest} is neither an image nor a list of images: its media type is '{YamlErrors.Shown(manifest.MediaType)}'",
            todo: "Name an image or a manifest list.");

    public static ViaductException UnknownRuntime(string text) =>
        new("VIA6004", $"there are no rules for '{YamlErrors.Shown(text)}'",
            todo: $"Write a name and a version: {string.Join(", ", Runtimes.All)}.", exit: ExitCode.Usage);
}
