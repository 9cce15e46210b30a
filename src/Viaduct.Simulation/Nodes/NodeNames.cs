using System.Globalization;

namespace Viaduct.Simulation;

/// <summary>Gives every node a name of its own: what is written stays as it is, and of equal others the second is <c>linux/arm64 (2)</c>.</summary>
internal static class NodeNames
{
    public static IReadOnlyList<Node> Settle(IReadOnlyList<NodeDraft> drafts)
    {
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var draft in drafts)
            if (draft.WrittenAt is { } where && !taken.TryAdd(draft.Node.Name, where))
                throw NodeErrors.Twice(where, draft.Node.Name, taken[draft.Node.Name]);

        var next = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. drafts.Select(d => d.WrittenAt is null ? d.Node with { Name = Free(d.Node.Name) } : d.Node)];

        string Free(string wanted)
        {
            var number = next.GetValueOrDefault(wanted, 1);
            var name = Numbered(wanted, number);
            while (!taken.TryAdd(name, "")) name = Numbered(wanted, ++number);
            next[wanted] = number + 1;
            return name;
        }
    }

    private static string Numbered(string name, int number) => number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} ({number})");
}
