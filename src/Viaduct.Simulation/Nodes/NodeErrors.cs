using Viaduct.Oci;
using Viaduct.Yaml;
using static Viaduct.Yaml.YamlErrors;

namespace Viaduct.Simulation;

/// <summary>The failures of descriptions of nodes: VIA6010 to VIA6016, VIA6030 to VIA6032.</summary>
internal static class NodeErrors
{
    public static ViaductException BadValue(string where, string key, string why, string? todo = null) =>
        new("VIA6010", $"'{key}' {why}", where, todo, ExitCode.Usage);

    public static ViaductException UnknownPlatform(string where, string text, IReadOnlyCollection<string> known) =>
        new("VIA6011", $"'{Shown(text)}' is no platform that a node can have", where,
            NodeSets.IsSet(text) ? $"A ready-made set is written as {{set: {text}}}."
            : Nearest.To(text, known) is { } near ? $"Did you mean '{near}'?" : "Platforms look like linux/amd64, linux/arm/v7, windows(10.0.20348)/amd64.", ExitCode.Usage);

    public static ViaductException Twice(string where, string name, string first) =>
        new("VIA6012", $"two nodes are called '{name}'; the first is at {first}", where, exit: ExitCode.Usage);

    public static ViaductException NoSuchSource(string text, IReadOnlyCollection<string> sets) =>
        new("VIA6013", $"'{Shown(text)}' is neither a file nor a ready-made set of nodes",
            todo: NodeSource.IsPlatform(text) ? $"It is a platform; in a file of nodes it is the line '- {text}'."
                : Nearest.To(text.Split(':')[0], sets) is { } near ? $"Did you mean '{near}'?" : $"The sets are {string.Join(", ", sets)}.", exit: ExitCode.Usage);

    public static ViaductException NoSuchVersion(string set, string version, IReadOnlyList<string> known) =>
        new("VIA6014", known.Count == 0 ? $"the set '{set}' has no versions" : $"the set '{set}' does not know Kubernetes '{Shown(version)}'",
            todo: known.Count == 0 ? $"Write '{set}'." : $"It knows {string.Join(", ", known)}; '{set}' alone is {known[^1]}.", exit: ExitCode.Usage);

    public static ViaductException NotNodes(string where, string why) =>
        new("VIA6015", $"is not what 'kubectl get nodes -o json' prints: {why}", where, exit: ExitCode.Usage);

    public static ViaductException NoNodes(string where) =>
        new("VIA6016", "no node is described here", where, "Write one a line, for example '- linux/arm64'.", ExitCode.Usage);

    public static ViaductException NoneListed(string where) =>
        new("VIA6016", "no node is described here", where, "kubectl listed none: look at its context and at its selector.", ExitCode.Usage);

    public static ViaductException Empty(string where) =>
        new("VIA6016", "it is empty", where, "Did the command before the pipe fail? A file of nodes has one a line, for example '- linux/arm64'.", ExitCode.Usage);

    public static ViaductException TooLarge(string where) =>
        new("VIA2003", $"is larger than any configuration should be: more than {YamlFile.MaxBytes} bytes", where,
            $"A nodes.yaml may have that many; what 'kubectl get nodes -o json' prints, {KubectlReader.MaxBytes >> 20} MiB, and it begins with '{{'.", ExitCode.Usage);

    public static ViaductException TooMany(string where) =>
        new("VIA6016", $"more nodes than {NodeList.MaxNodes} are described", where, exit: ExitCode.Usage);

    public static ViaductException NoFile(string where, string written, string why, string? todo = null) =>
        new("VIA6030", $"the file '{Shown(written)}' cannot be taken: {why}", where, todo, ExitCode.Usage);

    public static ViaductException NotKubelet(string where, string why) =>
        new("VIA6031", $"is no configuration of a kubelet: {why}", where, "It begins with 'apiVersion: kubelet.config.k8s.io/v1beta1' and 'kind: KubeletConfiguration'.", ExitCode.Usage);

    public static ViaductException WouldNotStart(string where, string why) =>
        new("VIA6032", $"kubelet would not start: {why}", where, exit: ExitCode.Usage);
}
