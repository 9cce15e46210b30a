using Viaduct.Yaml;

namespace Viaduct.Simulation;

/// <summary>What a person would want to know about a lookup: why a login that looks right is not offered, and why one that is will not help.</summary>
internal static class KeyringRemarks
{
    private const int Most = 12;

    public static IReadOnlyList<string> Of(string imageName, IReadOnlyList<KeyringEntry> found, SecretRing secrets, NodeFiles files, KubernetesVersion kubernetes)
    {
        if (RegistryPattern.Parse(imageName, KeyRules.LiteralsOnly(kubernetes)) is not { } image) return [];
        var remarks = new List<string>();
        foreach (var entry in found)
            if (Empty(entry) is { } empty)
                remarks.Add(empty);
        remarks.AddRange(Spellings(found));

        var near = new NearMiss(imageName, image, KeyRules.LiteralsOnly(kubernetes));
        foreach (var (secret, config) in secrets.Taken)
            remarks.AddRange(Misses(near, secret.ToString(), config, found));
        if (files is { Path: { } path, Config: { } config2 })
        {
            var misses = Misses(near, path, config2, found);
            remarks.AddRange(misses);
            if (config2.Store is { } store && misses.Count == 0 && !found.Any(entry => entry.Credential.Source == path))
                remarks.Add($"{path} leaves its logins to {store}, which kubelet does not run");
        }
        foreach (var file in files.Unread)
        {
            if (file.Ring is null ? !found.Any(entry => entry.Credential.Origin == CredentialOrigin.NodeFile) : file.Ring.Lookup(imageName).Count > 0)
                remarks.Add($"{file.Path} {file.Why}");
        }
        return remarks.Count <= Most ? remarks : [.. remarks.Take(Most), $"and {remarks.Count - Most} more"];
    }

    private static string? Empty(KeyringEntry entry)
    {
        var key = RegistryKey.Shown(entry.Written);
        var login = entry.Credential.Login;
        if (login.Password.Length > 0 && login.Username.Length > 0) return null;
        if (entry.HasToken) return $"the login of {entry.Credential.Source} for '{key}' is an identity token, which kubelet does not read: it offers an empty {(login.Username.Length == 0 ? "name and password" : "password")}";
        if (login is { Username.Length: 0, Password.Length: 0 })
            return $"the login of {entry.Credential.Source} for '{key}' is empty, as docker writes it when a credential store keeps it: kubelet offers an empty name and password";
        return $"the login of {entry.Credential.Source} for '{key}' has no {(login.Username.Length == 0 ? "user name" : "password")}";
    }

    /// <summary>Members of a Go map come in random order.</summary>
    private static IEnumerable<string> Spellings(IReadOnlyList<KeyringEntry> found)
    {
        foreach (var same in found.GroupBy(entry => (entry.Credential.Source, entry.Key)))
            if (same.Count() > 1)
                yield return $"{same.Key.Source} spells {YamlErrors.Shown(same.Key.Key)} in {same.Count()} ways ({string.Join(", ", same.Select(entry => RegistryKey.Shown(entry.Written)))}): kubelet tries their logins in random order";
    }

    private static List<string> Misses(NearMiss near, string source, DockerConfig config, IReadOnlyList<KeyringEntry> found)
    {
        var misses = new List<string>();
        if (found.Any(entry => entry.Credential.Source == source)) return misses;
        foreach (var entry in config.Entries)
            if (near.Why(entry) is { } why)
            {
                misses.Add($"{source}: key '{RegistryKey.Shown(entry.Written)}' {why}");
                if (misses.Count > Most) break;
            }
        return misses;
    }
}
