using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>Taints as kubectl writes them, <c>key=value:Effect</c> and <c>key:Effect</c> (kubernetes/kubernetes pkg/util/taints), or as a Node object has them.</summary>
internal static class TaintText
{
    internal static readonly IReadOnlyList<string> Keys = ["key", "value", "effect"];
    internal static readonly IReadOnlyList<string> Effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

    private const string Shape = "Write key=value:Effect or key:Effect, for example dedicated=gpu:NoSchedule.";

    public static IReadOnlyList<Taint> All(YamlValue? written)
    {
        if (written is null or { IsNull: true }) return [];
        var taints = written.Text is not null ? [Of(written)] : (written.Items ?? throw YamlErrors.WrongKind(written.Where, "taints", "a list of taints")).Select(Of).ToList();
        // pkg/apis/core/validation, validateNodeTaints: one of each key and effect.
        return taints.DistinctBy(t => (t.Key, t.Effect)).Count() == taints.Count
            ? taints : throw NodeErrors.BadValue(written.Where, "taints", "has two of one key and effect");
    }

    private static Taint Of(YamlValue written)
    {
        if (written.Map is not { } map) return Parse(written.Text ?? throw YamlErrors.WrongKind(written.Where, "a taint", "a text or a mapping"), written.Where);
        map.Only(Keys);
        return Checked(new Taint(map.Text("key") ?? "", map.Text("value") ?? "", map.Text("effect") ?? ""), written.Where);
    }

    private static Taint Parse(string text, string where)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 0) throw NodeErrors.BadValue(where, "taints", $"has one without an effect: '{YamlErrors.Shown(text)}'", Shape);
        var (head, effect) = (text[..colon], text[(colon + 1)..]);
        var equals = head.IndexOf('=', StringComparison.Ordinal);
        return Checked(equals < 0 ? new Taint(head, "", effect) : new Taint(head[..equals], head[(equals + 1)..], effect), where);
    }

    private static Taint Checked(Taint taint, string where)
    {
        if (!LabelText.IsKey(taint.Key)) throw NodeErrors.BadValue(where, "taints", $"has a key that no taint can have: '{YamlErrors.Shown(taint.Key)}'", Shape);
        if (!LabelText.IsValue(taint.Value)) throw NodeErrors.BadValue(where, "taints", $"has a value that no taint can have: '{YamlErrors.Shown(taint.Value)}'", Shape);
        return Effects.Contains(taint.Effect)
            ? taint : throw NodeErrors.BadValue(where, "taints", $"has an effect that there is not: '{YamlErrors.Shown(taint.Effect)}'", $"The effects are {string.Join(", ", Effects)}.");
    }
}
