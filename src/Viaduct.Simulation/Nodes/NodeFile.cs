using Viaduct.Oci;
using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>Reads nodes.yaml: a list of nodes, or a mapping whose <c>nodes</c> is that list.</summary>
internal static class NodeFile
{
    internal static readonly IReadOnlyList<string> Keys = ["nodes"];
    internal static readonly IReadOnlyList<string> SetKeys = ["set"];

    /// <param name="folder">Where the files that it names are looked for.</param>
    /// <exception cref="ViaductException">VIA2002 to VIA2005, VIA6004, VIA6010 to VIA6016, VIA6030 to VIA6032, with file, line and column.</exception>
    public static async Task<NodeList> ParseAsync(string text, string shownAs, NodeFolder folder, CancellationToken cancellationToken)
    {
        var remarks = new List<string>();
        var drafts = Drafts(text, shownAs, folder, remarks);
        var nodes = NodeNames.Settle(drafts);
        return new NodeList(await StaticPodFiles.AddAsync(nodes, drafts, remarks, cancellationToken)) { Remarks = [.. remarks.Distinct()] };
    }

    private static List<NodeDraft> Drafts(string text, string shownAs, NodeFolder folder, List<string> remarks)
    {
        var entries = EntriesOf(YamlFile.ParseValue(text, shownAs), shownAs);
        var drafts = new List<NodeDraft>();
        foreach (var entry in entries)
        {
            drafts.AddRange(Read(entry, folder, remarks).Take(NodeList.MaxNodes + 1));
            if (drafts.Count > NodeList.MaxNodes) throw NodeErrors.TooMany(entry.Where);
        }
        return drafts.Count == 0 ? throw NodeErrors.NoNodes(shownAs) : drafts;
    }

    private static IReadOnlyList<YamlValue> EntriesOf(YamlValue root, string shownAs)
    {
        if (root.IsNull) throw NodeErrors.NoNodes(shownAs);
        if (root.Items is { } items) return items;
        if (root.Map is not { } map) throw YamlErrors.WrongKind(root.Where, "the document", "a list of nodes");
        if (map.Says("apiVersion") || map.Says("kind"))
            throw NodeErrors.NotNodes(root.Where, "it is YAML, as of 'kubectl get nodes -o yaml'");
        var nodes = map.Only(Keys).Value("nodes");
        if (nodes is null or { IsNull: true }) throw NodeErrors.NoNodes(map.Where("nodes"));
        return nodes.Items ?? throw YamlErrors.WrongKind(nodes.Where, "nodes", "a list of nodes");
    }

    private static IEnumerable<NodeDraft> Read(YamlValue entry, NodeFolder folder, List<string> remarks)
    {
        if (entry.Text is { } platform) return [new NodeDraft(Node.Of(NodeEntry.PlatformOf(platform, entry.Where)))];
        if (entry.Map is not { } map) throw YamlErrors.WrongKind(entry.Where, "a node", "a platform or a mapping");
        if (map.Value("set") is not { } named) return NodeEntry.Read(map, folder);

        map.Only(SetKeys);
        var set = SetOf(named.Text ?? throw YamlErrors.WrongKind(named.Where, "set", "the name of a ready-made set"), named.Where);
        remarks.AddRange(set.Remarks);
        return set.Nodes.Select(n => new NodeDraft(n));
    }

    private static NodeList SetOf(string text, string where)
    {
        try
        {
            return NodeSets.Read(text);
        }
        catch (ViaductException e) when (e.Where is null)
        {
            throw new ViaductException(e.Code, e.Message, where, e.Todo, e.Exit, e);
        }
    }
}
