namespace Viaduct.Yaml;

/// <summary>
/// A value of a YAML or JSON document with its place. Lighter than <see cref="YamlValue"/>, and it knows a number from a text. Values that a
/// document refers to by aliases stand in the tree more than once.
/// </summary>
public sealed class DataNode
{
    private static readonly KeyValuePair<string, DataNode>[] NoMembers = [];

    private DataNode(DataKind kind, int line, int column) => (Kind, Line, Column) = (kind, line, column);

    public DataKind Kind { get; }

    /// <summary>From 1.</summary>
    public int Line { get; }

    /// <summary>In characters, from 1.</summary>
    public int Column { get; }

    /// <summary>A text, or a number or truth value as it is written; null of others.</summary>
    public string? Text { get; private init; }

    /// <summary>Of a list; else empty.</summary>
    public IReadOnlyList<DataNode> Items { get; private init; } = [];

    /// <summary>Of a mapping, as they are written, repeated ones too; else empty.</summary>
    public IReadOnlyList<KeyValuePair<string, DataNode>> Members { get; private init; } = NoMembers;

    /// <summary>How many values it has, itself among them and those behind aliases each time.</summary>
    internal int Weight { get; private init; } = 1;

    /// <summary>Of the members of that name the last, which is the one that counts; null where there is none.</summary>
    public DataNode? this[string name]
    {
        get
        {
            for (var i = Members.Count - 1; i >= 0; i--)
                if (Members[i].Key == name) return Members[i].Value;
            return null;
        }
    }

    internal static DataNode Scalar(DataKind kind, string? text, int line, int column) =>
        new(kind, line, column) { Text = kind == DataKind.Nothing ? null : text };

    internal static DataNode List(List<DataNode> items, int weight, int line, int column) =>
        new(DataKind.List, line, column) { Items = items, Weight = weight };

    internal static DataNode Map(List<KeyValuePair<string, DataNode>> members, int weight, int line, int column) =>
        new(DataKind.Map, line, column) { Members = members, Weight = weight };
}
