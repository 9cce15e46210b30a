namespace Viaduct.Yaml;

/// <summary>The members of a mapping that is being read.</summary>
internal sealed class DataMembers
{
    private readonly List<KeyValuePair<string, DataNode>> _own = [];
    private readonly List<DataNode> _merged = [];

    public void Add(string key, DataNode value) => _own.Add(new(key, value));

    /// <summary>What <c>&lt;&lt;</c> brings in: a mapping, or a list of some.</summary>
    public void Merge(DataNode source)
    {
        if (source.Kind == DataKind.Map) _merged.Add(source);
        else _merged.AddRange(source.Items);
    }

    /// <summary>The value that was added last.</summary>
    public DataNode? Latest => _own.Count == 0 ? null : _own[^1].Value;

    /// <summary>What is merged stands before, so that the mapping's own members win, and of several sources the first.</summary>
    public List<KeyValuePair<string, DataNode>> ToList() =>
        _merged.Count == 0 ? _own : [.. Enumerable.Reverse(_merged).SelectMany(m => m.Members), .. _own];
}
