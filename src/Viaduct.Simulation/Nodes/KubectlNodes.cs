using System.Text.Json;
using Viaduct.Oci;
using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>Makes nodes of Kubernetes' Node objects (k8s.io/api/core/v1 types.go, NodeSystemInfo). What cannot be judged is kept and remarked on.</summary>
internal sealed class KubectlNodes(string shownAs)
{
    private readonly List<NodeDraft> _drafts = [];
    private readonly NodeRemarks _remarks = new();
    private readonly ReportedImages _images = new();
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private int _seen;

    /// <exception cref="ViaductException">VIA6015, VIA6016.</exception>
    public void Add(JsonElement node)
    {
        if (node.ValueKind != JsonValueKind.Object) throw NodeErrors.NotNodes(shownAs, $"items[{_seen}] is no object");
        if (Text(node, "kind") is { } kind && kind != "Node") throw NodeErrors.NotNodes(shownAs, $"items[{_seen}] is a {YamlErrors.Shown(kind, 60)}");
        Add(Member(node, "metadata"), Member(node, "spec"), Member(node, "status"));
    }

    public void Add(JsonElement metadata, JsonElement spec, JsonElement status)
    {
        if (++_seen > NodeList.MaxNodes) throw NodeErrors.TooMany(shownAs);
        var facts = new NodeFacts
        {
            Name = Text(metadata, "name") is { Length: > 0 } name ? YamlErrors.Shown(name, 253) : $"node {_seen}",
            Said = key => Text(Member(status, "nodeInfo"), key),
            Label = key => Text(Member(metadata, "labels"), key),
        };
        if (facts.Platform(_remarks) is not { } platform) return;
        var node = new Node(facts.Name, platform)
        {
            Runtime = facts.Runtime(platform, _remarks),
            KubernetesVersion = facts.Said("kubeletVersion") is { } version ? KubernetesText.MinorOf(version) : null,
            Labels = Labels(Member(metadata, "labels")),
            Taints = Taints(Member(spec, "taints")),
            Unschedulable = Member(spec, "unschedulable").ValueKind == JsonValueKind.True,
        };
        var setup = ManagedKubelets.Of(facts, KubernetesVersion.Of(node)) ?? KubeletSetup.Default;
        _drafts.Add(new NodeDraft(node with { Kubelet = _images.Add(setup, Member(status, "images")) }));
    }

    public NodeList ToList() =>
        _seen == 0 ? throw NodeErrors.NoneListed(shownAs) : _drafts.Count == 0 ? throw NodeErrors.NoNodes(shownAs) : new NodeList(NodeNames.Settle(_drafts)) { Remarks = _remarks.Lines };

    private Dictionary<string, string> Labels(JsonElement labels)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        if (labels.ValueKind != JsonValueKind.Object) return read;
        foreach (var label in labels.EnumerateObject())
            if (label.Value.ValueKind == JsonValueKind.String) read[Shared(label.Name)] = Shared(label.Value.GetString()!);
        return read;
    }

    private List<Taint> Taints(JsonElement taints) =>
        taints.ValueKind != JsonValueKind.Array ? []
        : [.. taints.EnumerateArray().Where(t => Text(t, "key") is not null).Select(t => new Taint(Shared(Text(t, "key")!), Shared(Text(t, "value") ?? ""), Shared(Text(t, "effect") ?? "")))];

    /// <summary>Thousands of nodes have the same labels.</summary>
    private string Shared(string text)
    {
        if (_texts.TryGetValue(text, out var known)) return known;
        _texts.Add(text);
        return text;
    }

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}
