using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>Objects of kinds that are not Kubernetes' own: what an operator makes of them is its affair, but they may hold pods.</summary>
internal static class CustomObjects
{
    private const int MaxDepth = 24;
    private static readonly string[] Template = ["spec", "template"];

    /// <summary>The way to a pod template that stands where Deployments have it; null where there is none.</summary>
    public static string[]? TemplateOf(DataNode root) =>
        root["spec"]?["template"]?["spec"]?["containers"] is { Kind: DataKind.List, Items.Count: > 0 } ? Template : null;

    /// <summary>The first list of containers with images in it, wherever it stands; null where there is none.</summary>
    public static DataNode? ContainersIn(DataNode node, int depth = 0)
    {
        if (depth > MaxDepth) return null;
        if (node.Kind == DataKind.List) return node.Items.Select(i => ContainersIn(i, depth + 1)).FirstOrDefault(n => n is not null);
        foreach (var (name, value) in node.Members)
        {
            if (name is "containers" or "initContainers" && value.Items.Any(i => i["image"] is not null)) return value;
            if (value.Kind is DataKind.Map or DataKind.List && ContainersIn(value, depth + 1) is { } found) return found;
        }
        return null;
    }
}
