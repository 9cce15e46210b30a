using Viaduct.Oci;
using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>A kubelet's credential providers, and what they would answer.</summary>
internal static class ProviderEntries
{
    internal static readonly IReadOnlyList<string> InTree = ["ecr", "gcr", "acr"];

    public static KubeletSetup Apply(KubeletSetup setup, YamlMap said, KubernetesVersion kubernetes, NodeFolder folder)
    {
        if (said.Text("credentialProviders") is { } written)
            setup = setup with { Providers = ProviderConfig.Read(folder.PathOf(written, said.Where("credentialProviders")), YamlErrors.Shown(written), kubernetes, setup.FeatureGates) };
        if (said.Map("providerAnswers") is not { } answers) return setup;

        // What kubelet would not start with has no providers that could be compared.
        string[] known = [.. setup.Providers?.Providers.Select(p => p.Name) ?? [], .. InTree];
        if (setup.Providers?.Refusal is null) answers.Only(known);
        var texts = answers.Keys.ToDictionary(n => n, n => folder.Text(answers.Text(n) ?? throw YamlErrors.WrongKind(answers.Where(n), n, "the path of a file"), answers.Where(n)), StringComparer.Ordinal);
        return setup with
        {
            Providers = setup.Providers?.WithAnswers(texts),
            InTreeAnswers = texts.Where(t => InTree.Contains(t.Key)).ToDictionary(t => t.Key, t => t.Value, StringComparer.Ordinal),
        };
    }
}
