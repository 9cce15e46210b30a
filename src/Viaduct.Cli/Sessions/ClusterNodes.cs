using Viaduct.Cli.Errors;
using Viaduct.Cli.Options;
using Viaduct.Oci;
using Viaduct.Simulation;
using Viaduct.Yaml;

namespace Viaduct.Cli.Sessions;

/// <summary>Nodes with what the command line says of all of them.</summary>
internal static class ClusterNodes
{
    /// <summary>An answer is a few hundred bytes; kubelet itself has no bound.</summary>
    private const int MaxAnswer = 1 << 20;

    /// <summary>Kubelet's own, up to 1.30, as nodes.yaml names them.</summary>
    private static readonly string[] InTree = ["ecr", "gcr", "acr"];

    /// <exception cref="ViaductException">VIA2001 and VIA2003 for an answer that cannot be read, VIA9074 for one of a provider that no node has.</exception>
    public static async Task<IReadOnlyList<Node>> PrepareAsync(IReadOnlyList<Node> nodes, ClusterWish wish, CancellationToken cancellationToken)
    {
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (provider, file) in wish.Answers)
            if (!answers.TryAdd(provider, await ReadAsync(file, cancellationToken).ConfigureAwait(false)))
                throw CliErrors.Usage($"--provider-answers says twice what '{YamlErrors.Shown(provider)}' answers", "Leave out one of the two.");
        if (answers.Count == 0) return [.. nodes.Select(n => Versioned(n, wish))];
        var known = nodes.SelectMany(n => n.Kubelet?.Providers?.Providers ?? []).Select(p => p.Name).Concat(nodes.Any(n => n.Kubelet?.Cloud is not null) ? InTree : []).ToHashSet(StringComparer.Ordinal);
        if (answers.Keys.FirstOrDefault(a => !known.Contains(a)) is { } unknown) throw CliErrors.NoProvider(unknown, known);

        // Nodes share their setups, and stay one kind.
        var setups = new Dictionary<KubeletSetup, KubeletSetup>(ReferenceEqualityComparer.Instance);
        return [.. nodes.Select(n => Versioned(n, wish) with { Kubelet = Answering(n.Kubelet) })];

        KubeletSetup? Answering(KubeletSetup? setup)
        {
            if (setup is null) return null;
            if (!setups.TryGetValue(setup, out var answering))
                setups.Add(setup, answering = setup with
                {
                    Providers = setup.Providers?.WithAnswers(answers),
                    InTreeAnswers = setup.InTreeAnswers.Concat(answers.Where(a => InTree.Contains(a.Key))).GroupBy(a => a.Key).ToDictionary(g => g.Key, g => g.Last().Value),
                });
            return answering;
        }
    }

    /// <summary>What a description says of a node counts more.</summary>
    private static Node Versioned(Node node, ClusterWish wish) => node.KubernetesVersion is null && wish.Version is { } version ? node with { KubernetesVersion = version.ToString() } : node;

    private static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var shown = YamlErrors.Shown(path);
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaxAnswer }) throw YamlErrors.TooMuch(shown, $"more than {MaxAnswer} bytes");
            return await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw YamlErrors.Unreadable(shown, e);
        }
    }
}
