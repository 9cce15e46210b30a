using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>
/// What is written of a node's labels, and the labels that every node has (kubernetes/kubernetes pkg/kubelet/kubelet_node_status.go,
/// initialNode; pkg/controller/nodelifecycle/node_lifecycle_controller.go, labelReconcileInfo, for the two of beta). A view: thousands of nodes share what is written.
/// </summary>
internal sealed class NodeLabels(IReadOnlyDictionary<string, string> written, string name, Platform platform) : IReadOnlyDictionary<string, string>
{
    public const string Hostname = "kubernetes.io/hostname";
    public const string Os = "kubernetes.io/os";
    public const string Arch = "kubernetes.io/arch";

    public static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    private static readonly string[] Given = [Hostname, Os, Arch, "beta.kubernetes.io/os", "beta.kubernetes.io/arch", "node.kubernetes.io/windows-build"];

    public IReadOnlyDictionary<string, string> Written => written;

    public IEnumerable<string> Keys => written.Keys.Concat(Given.Where(k => !written.ContainsKey(k) && Of(k) is not null));

    public IEnumerable<string> Values => Keys.Select(k => this[k]);

    public int Count => Keys.Count();

    public string this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => written.TryGetValue(key, out value) || (value = Of(key)) is not null;

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => Keys.Select(k => KeyValuePair.Create(k, this[k])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private string? Of(string key) => key switch
    {
        // kubelet takes the machine's name in lower case (pkg/util/node, GetHostname), and so is the name of a node.
        Hostname => name,
        Os or "beta.kubernetes.io/os" => platform.Normalized().Os,
        Arch or "beta.kubernetes.io/arch" => platform.Normalized().Architecture,
        "node.kubernetes.io/windows-build" => platform.Normalized().Os == "windows" && platform.OsVersion is { Length: > 0 } build ? build : null,
        _ => null,
    };
}
