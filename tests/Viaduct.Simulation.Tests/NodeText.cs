using System.Text;

namespace Viaduct.Simulation.Tests;

/// <summary>Descriptions of nodes as texts, and nodes as lines that a truth table can hold.</summary>
internal static class NodeText
{
    public static NodeList Read(string text, string? folder = null) => NodeFile.ParseAsync(text, "nodes.yaml", new NodeFolder(folder), default).GetAwaiter().GetResult();

    /// <summary>As from standard input.</summary>
    public static Task<NodeList> PipeAsync(string text) => PipeAsync(Encoding.UTF8.GetBytes(text));

    public static async Task<NodeList> PipeAsync(byte[] bytes) => await NodeSource.ReadAsync("-", new MemoryStream(bytes), default);

    public static string Line(Node node) => string.Join(" | ", new[]
    {
        node.Name, node.Platform.ToString(), node.Runtime.ToString(), node.KubernetesVersion, node.Runs32Bit?.ToString(), string.Join(",", node.Emulates),
    }.Where(w => !string.IsNullOrEmpty(w)));

    public static string Lines(NodeList nodes) => string.Join("\n", nodes.Nodes.Select(Line));
}
