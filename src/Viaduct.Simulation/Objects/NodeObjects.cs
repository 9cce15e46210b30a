using System.Text;
using System.Text.Json;
using Viaduct.Oci;
using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>Node objects that stand among the others, by the rules for what kubectl prints of nodes.</summary>
internal sealed class NodeObjects(string file)
{
    private readonly KubectlNodes _nodes = new(file);
    private bool _isEmpty = true;

    public void Add(DataNode node)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            Write(writer, node);
        using var json = JsonDocument.Parse(stream.GetBuffer().AsMemory(0, (int)stream.Length), new JsonDocumentOptions { MaxDepth = 1000 });
        _nodes.Add(json.RootElement);
        _isEmpty = false;
    }

    /// <summary>Empty where there was none, and where none of them tells what it is.</summary>
    public IReadOnlyList<Node> ToList(ObjectRemarks remarks)
    {
        if (_isEmpty) return [];
        try
        {
            var list = _nodes.ToList();
            foreach (var line in list.Remarks) remarks.Add(Verdict.Ok, file, line);
            return list.Nodes;
        }
        catch (ViaductException e) when (e.Code == "VIA6016")
        {
            remarks.Add(Verdict.Unknown, file, "its nodes tell neither operating system nor architecture, and are left out");
            return [];
        }
    }

    private static void Write(Utf8JsonWriter writer, DataNode node)
    {
        switch (node.Kind)
        {
            case DataKind.Map:
                writer.WriteStartObject();
                // Of a name the last, as the indexer has it, which would look at all of them for each.
                foreach (var (name, value) in node.Members.Reverse().DistinctBy(m => m.Key, StringComparer.Ordinal).Reverse())
                {
                    writer.WritePropertyName(Bytes(name));
                    Write(writer, value);
                }
                writer.WriteEndObject();
                break;
            case DataKind.List:
                writer.WriteStartArray();
                foreach (var item in node.Items) Write(writer, item);
                writer.WriteEndArray();
                break;
            case DataKind.Truth:
                writer.WriteBooleanValue(node.Text is "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" or "y" or "Y");
                break;
            case DataKind.Number when long.TryParse(node.Text, System.Globalization.CultureInfo.InvariantCulture, out var number):
                writer.WriteNumberValue(number);
                break;
            case DataKind.Nothing:
                writer.WriteNullValue();
                break;
            default:
                writer.WriteStringValue(Bytes(node.Text ?? ""));
                break;
        }
    }

    /// <summary>YAML's escapes can make what is no Unicode, which the writer does not take.</summary>
    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
