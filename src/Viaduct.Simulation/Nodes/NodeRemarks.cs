namespace Viaduct.Simulation;

/// <summary>What had to be assumed of nodes, each assumption once with the nodes that it was made for.</summary>
internal sealed class NodeRemarks
{
    private const int MaxLines = 50;
    private const int MaxNames = 3;

    private readonly Dictionary<string, (List<string> Names, int Count)> _lines = new(StringComparer.Ordinal);
    private int _others;

    public IReadOnlyList<string> Lines =>
    [
        .. _lines.Select(l => $"{string.Join(", ", l.Value.Names)}{(l.Value.Count > MaxNames ? $" and {l.Value.Count - MaxNames} more" : "")}: {l.Key}"),
        .. _others > 0 ? [$"{_others} more remarks are left out"] : Array.Empty<string>(),
    ];

    public void Add(string remark, string node)
    {
        var isKnown = _lines.TryGetValue(remark, out var line);
        if (!isKnown && _lines.Count == MaxLines) { _others++; return; }
        var names = line.Names ?? [];
        if (names.Count < MaxNames) names.Add(node);
        _lines[remark] = (names, line.Count + 1);
    }
}
