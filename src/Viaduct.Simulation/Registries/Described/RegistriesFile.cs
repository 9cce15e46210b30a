using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>Reads registries.yaml: a mapping whose <c>registries</c> is a list of registries.</summary>
internal static class RegistriesFile
{
    internal static readonly IReadOnlyList<string> Keys = ["registries"];

    /// <summary>Hosts of all registries together.</summary>
    internal const int MostHosts = 1000;

    public static DescribedRegistries Read(YamlMap root)
    {
        if (root.Only(Keys).Value("registries") is not { IsNull: false } value) throw RegistriesErrors.None(root.Where("registries"));
        var entries = value.Items ?? throw YamlErrors.WrongKind(value.Where, "registries", "a list of registries");
        if (entries.Count == 0) throw RegistriesErrors.None(value.Where);
        var byHost = new Dictionary<string, DescribedRegistry>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in entries)
        {
            var map = entry.Map ?? throw YamlErrors.WrongKind(entry.Where, "a registry", "a mapping");
            var (hosts, registry) = RegistryEntry.Read(map);
            foreach (var (host, where) in hosts)
            {
                if (!byHost.TryAdd(host, registry)) throw RegistriesErrors.Twice(where, $"the registry '{YamlErrors.Shown(host)}'");
                if (byHost.Count > MostHosts) throw RegistriesErrors.TooMany(where, "hosts", MostHosts);
            }
        }
        return new DescribedRegistries(byHost);
    }
}
