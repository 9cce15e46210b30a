using System.Globalization;
using Viaduct.Oci;
using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>One entry of nodes.yaml: a platform, or what is known of a node or of several that are equal.</summary>
internal static class NodeEntry
{
    internal static readonly IReadOnlyList<string> Keys =
        ["name", "platform", "runtime", "kubernetes", "runs32bit", "emulates", "count", "containerd", "labels", "taints", "unschedulable", "kubelet", "sandboxImage", "images", "staticPods"];

    private const int MaxName = 253;

    public static IEnumerable<NodeDraft> Read(YamlMap entry, NodeFolder folder)
    {
        entry.Only(Keys);
        var platform = entry.Text("platform") is { } text
            ? PlatformOf(text, entry.Where("platform")) : throw NodeErrors.BadValue(entry.Where("platform"), "platform", "is missing: a node has to have one");
        var node = Node.Of(platform) with
        {
            Runtime = RuntimeOf(entry, platform),
            KubernetesVersion = entry.Text("kubernetes") is { } version ? VersionOf(version, entry.Where("kubernetes")) : null,
            Runs32Bit = entry.Value("runs32bit") is { IsNull: false } truth ? Truth("runs32bit", truth) : null,
            Emulates = [.. (entry.Texts("emulates") ?? []).Select(e => ArchitectureOf(e.Text, e.Where)).Distinct()],
            Labels = LabelText.All(entry.Map("labels")),
            Taints = TaintText.All(entry.Value("taints")),
            Unschedulable = entry.Value("unschedulable") is { IsNull: false } cordoned && Truth("unschedulable", cordoned),
        };
        node = node with { Kubelet = KubeletEntry.Read(entry, KubernetesVersion.Of(node), folder) };
        var pods = entry.Text("staticPods") is { } path ? new StaticPodPlace(folder.PathOf(path, entry.Where("staticPods")), path, entry.Where("staticPods")) : null;
        var name = entry.Text("name") is { } written ? NameOf(written, entry.Where("name")) : null;
        if (entry.Text("count") is not { } count)
            return [name is null ? new NodeDraft(node, null, pods) : new NodeDraft(node with { Name = name }, entry.Where("name"), pods)];

        var drafts = Enumerable.Range(1, CountOf(count, entry.Where("count")));
        return name is null
            ? drafts.Select(_ => new NodeDraft(node, null, pods))
            : drafts.Select(i => new NodeDraft(node with { Name = string.Create(CultureInfo.InvariantCulture, $"{name}-{i}") }, entry.Where("name"), pods));
    }

    public static Platform PlatformOf(string text, string where) =>
        Platform.TryParse(text, out var platform) && KnownPlatforms.Contains(platform) ? platform : throw NodeErrors.UnknownPlatform(where, text, PlainNodes.Words);

    public static bool Truth(string key, YamlValue value) => value.Text switch
    {
        "true" => true,
        "false" => false,
        _ => throw NodeErrors.BadValue(value.Where, key, "has to be true or false"),
    };

    private static Runtime RuntimeOf(YamlMap entry, Platform platform)
    {
        var runtime = entry.Text("runtime") is { } text ? ParseRuntime(text, entry.Where("runtime")) : Runtimes.Default;
        if (entry.Map("containerd") is not { } said) return runtime;
        if (runtime.Name != "containerd") throw NodeErrors.BadValue(entry.Where("containerd"), "containerd", $"says how containerd is set, and the node has {runtime}");
        return ContainerdSwitches.PullsLocally(said, platform.Normalized().Os == "linux") ? LocalRuntimes.Of(runtime) : runtime;
    }

    private static Runtime ParseRuntime(string text, string where)
    {
        try
        {
            var runtime = Runtimes.Parse(text);
            return runtime.RunsPods ? runtime : throw NodeErrors.BadValue(where, "runtime", $"is {runtime}, which runs no pods, so that no node has it");
        }
        catch (ViaductException e) when (e.Where is null)
        {
            throw new ViaductException(e.Code, e.Message, where, e.Todo, e.Exit, e);
        }
    }

    private static string VersionOf(string text, string where) =>
        KubernetesText.MinorOf(text) ?? throw NodeErrors.BadValue(where, "kubernetes", $"is no version: '{YamlErrors.Shown(text)}'", "Write major and minor, for example 1.34.");

    private static string ArchitectureOf(string text, string where) =>
        KnownPlatforms.Contains(new Platform("linux", text))
            ? new Platform("linux", text).Normalized().Architecture
            : throw NodeErrors.BadValue(where, "emulates", $"names no architecture: '{YamlErrors.Shown(text)}'", "Write GOARCH words, for example [arm64, s390x].");

    private static string NameOf(string text, string where) =>
        text.Length is > 0 and <= MaxName && !text.Any(char.IsControl) ? text : throw NodeErrors.BadValue(where, "name", $"has to be 1 to {MaxName} characters that can be shown");

    private static int CountOf(string text, string where) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= NodeList.MaxNodes
            ? count : throw NodeErrors.BadValue(where, "count", $"has to be a number from 1 to {NodeList.MaxNodes}");
}
