namespace Viaduct.Simulation;

/// <summary>From documents to keyrings.</summary>
internal static class KeyRules
{
    /// <summary>1.35 is made with a Go that takes brackets in a host for IPv6 addresses alone; so are patch releases of the others from the end of 2025 on.</summary>
    public static bool LiteralsOnly(KubernetesVersion kubernetes) => kubernetes >= new KubernetesVersion(1, 35);

    /// <param name="like">Origin and source of all of them.</param>
    public static IEnumerable<KeyringEntry> Entries(DockerConfig config, OfferedCredential like, bool literalsOnly)
    {
        foreach (var entry in config.Entries)
            if (RegistryKey.Normalize(entry.Written, literalsOnly) is { } key)
                yield return new(entry.Written, like with { Key = key, Login = entry.Login }) { HasToken = entry.HasToken };
    }
}
