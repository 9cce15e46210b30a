namespace Viaduct.Simulation;

/// <summary>The pull secrets of a pod as one keyring (pkg/credentialprovider/secrets/secrets.go, MakeDockerKeyring).</summary>
internal sealed class SecretRing
{
    private readonly List<(PullSecret Secret, DockerConfig Config)> taken = [];

    public SecretRing(IReadOnlyList<PullSecret> secrets, KubernetesVersion kubernetes)
    {
        var literalsOnly = KeyRules.LiteralsOnly(kubernetes);
        var entries = new List<KeyringEntry>();
        var remarks = new List<string>();
        foreach (var secret in secrets)
        {
            var bare = secret.Type == SecretTypes.Bare;
            if (!bare && secret.Type != SecretTypes.Json)
            {
                remarks.Add($"{secret} is of type {Viaduct.Yaml.YamlErrors.Shown(secret.Type)}, and kubelet passes over it: it takes {SecretTypes.Json} and {SecretTypes.Bare}");
                continue;
            }
            var name = bare ? SecretTypes.BareKey : SecretTypes.JsonKey;
            if (!secret.Data.TryGetValue(name, out var data) || data.Length == 0)
            {
                remarks.Add($"{secret} has no {name}, and kubelet passes over it");
                continue;
            }
            var config = DockerConfigReader.Read(data, bare, kubernetes);
            if (config.Error is not null)
            {
                Error = config.Error;
                remarks.Add($"{secret} is malformed: kubelet makes no keyring at all, and pulls nothing for the pod");
                break;
            }
            if (config is { LooksBare: true, Entries.Count: 0 })
                remarks.Add($"{secret} has its registries beside auths, not in it: that is the form of {SecretTypes.Bare}");
            taken.Add((secret, config));
            entries.AddRange(KeyRules.Entries(config, new(CredentialOrigin.Secret, secret.ToString(), "", new("", "")) { Secret = secret }, literalsOnly));
        }
        Ring = new(entries, literalsOnly);
        Remarks = remarks;
    }

    public BasicKeyring Ring { get; }

    public string? Error { get; }

    public IReadOnlyList<string> Remarks { get; }

    public IReadOnlyList<(PullSecret Secret, DockerConfig Config)> Taken => taken;
}
