using System.Globalization;
using Viaduct.Oci;

namespace Viaduct.Simulation;

/// <summary>The ready-made sets of nodes: <c>all</c>, <c>kubernetes</c>, <c>windows-mixed</c>, and those of providers by Kubernetes version, <c>eks:1.33</c>.</summary>
public static class NodeSets
{
    private static readonly Dictionary<string, IReadOnlyList<string>> Plain = new(StringComparer.Ordinal)
    {
        ["all"] = PlainNodes.All, ["kubernetes"] = PlainNodes.Kubernetes, ["windows-mixed"] = PlainNodes.WindowsMixed,
    };

    private static readonly Dictionary<string, IReadOnlyList<NodeSetLine>> Tables = new(StringComparer.Ordinal)
    {
        ["eks"] = EksNodes.Lines, ["gke"] = GkeNodes.Lines, ["aks"] = AksNodes.Lines, ["k3s-raspberry-pi"] = K3sNodes.Lines,
    };

    public static IReadOnlyList<NodeSet> All { get; } =
    [
        new("all", "every platform that public images are built for", []),
        new("kubernetes", "what Kubernetes itself is published for on Linux", []),
        new("eks", "Amazon EKS: Amazon Linux 2023, Bottlerocket, Windows Server", VersionsOf("eks")),
        new("gke", "Google GKE: Container-Optimized OS, Windows Server", VersionsOf("gke")),
        new("aks", "Azure AKS: Ubuntu, Azure Linux, Windows Server", VersionsOf("aks")),
        new("k3s-raspberry-pi", "k3s on Raspberry Pi, 64-bit and 32-bit", VersionsOf("k3s-raspberry-pi")),
        new("windows-mixed", "Linux beside Windows Server 2019, 2022 and 2025", []),
    ];

    internal static IReadOnlyList<string> Names { get; } = [.. All.Select(s => s.Name)];

    internal static IReadOnlyDictionary<string, IReadOnlyList<NodeSetLine>> AllTables => Tables;

    /// <summary>The nodes of <c>NAME</c> or <c>NAME:VERSION</c>; without a version those of the newest that is known.</summary>
    /// <exception cref="ViaductException">VIA6013, VIA6014.</exception>
    public static NodeList Read(string text)
    {
        var colon = text.IndexOf(':');
        var (name, version) = colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
        if (All.FirstOrDefault(s => s.Name == name) is not { } set) throw NodeErrors.NoSuchSource(text, Names);
        if (Plain.TryGetValue(name, out var platforms))
            return version is null ? PlainNodes.Of(platforms) : throw NodeErrors.NoSuchVersion(name, version, []);

        var minor = version is null ? set.Versions[^1] : KubernetesText.MinorOf(version);
        return minor is not null && set.Versions.Contains(minor)
            ? Build(name, minor) : throw NodeErrors.NoSuchVersion(name, version!, set.Versions);
    }

    /// <summary>Whether the text begins with the name of a set, whatever its version.</summary>
    internal static bool IsSet(string text) => Names.Contains(text.Split(':')[0]);

    private static NodeList Build(string set, string version)
    {
        var minor = Number(version);
        var lines = Tables[set].Where(l => l.From <= minor && minor <= l.To).ToList();
        var nodes = lines.SelectMany(l => l.Platforms.Select(Platform.Parse).Select(p => new Node(NameOf(set, version, l, p), p)
        {
            Runtime = Runtimes.Parse(l.Runtime), KubernetesVersion = version, Kubelet = ManagedKubelets.Of(set, new KubernetesVersion(1, minor)),
        }));
        return new NodeList([.. nodes])
        {
            Remarks = [.. lines.Where(l => l.Remark is not null).Select(l => $"{set}:{version}{(l.Name == "" ? "" : $", {l.Name}")}: {l.Remark}")],
        };
    }

    private static string NameOf(string set, string version, NodeSetLine line, Platform platform) =>
        string.Join('-', new[] { set, version, line.Name, platform.ArchWord }.Where(w => w != ""));

    private static string[] VersionsOf(string set)
    {
        var lines = Tables[set];
        var first = lines.Min(l => l.From);
        return [.. Enumerable.Range(first, lines.Max(l => l.To) - first + 1).Select(m => string.Create(CultureInfo.InvariantCulture, $"1.{m}"))];
    }

    private static int Number(string version) => int.Parse(version.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture);
}
