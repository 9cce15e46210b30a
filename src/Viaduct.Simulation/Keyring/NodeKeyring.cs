using System.Collections.Concurrent;

namespace Viaduct.Simulation;

/// <summary>
/// All credentials of a node, ready to be asked for images of pods (pkg/credentialprovider; pkg/kubelet/images, makeLookupPullCredentialsFunc).
/// One for each kind of node; may be asked for many pods at the same time.
/// </summary>
/// <param name="kubernetes">The kubelet's version.</param>
public sealed class NodeKeyring(KubeletSetup setup, KubernetesVersion kubernetes, IProviderAnswers providers)
{
    /// <summary>From here on config.json and plugins are keyrings of their own (pkg/kubelet/images/image_manager.go).</summary>
    private static readonly KubernetesVersion Apart = new(1, 33);

    private readonly NodeFiles files = new(setup, kubernetes);
    private readonly NodeProviders plugins = new(setup, kubernetes, providers);
    private readonly ConcurrentDictionary<SecretSet, SecretRing> rings = new();

    /// <param name="imageName">Normalized, without tag and digest: <c>docker.io/library/nginx</c>.</param>
    public async ValueTask<CredentialLookup> FindAsync(PodIdentity pod, string imageName, CancellationToken cancellationToken)
    {
        var secrets = rings.GetOrAdd(new(pod.Secrets), static (set, version) => new(set.Secrets, version), kubernetes);
        if (secrets.Error is not null)
            return new() { Error = secrets.Error, FailsInPull = kubernetes < Apart, MissingSecrets = pod.Missing, Remarks = secrets.Remarks };

        var given = await plugins.FindAsync(pod, imageName, cancellationToken).ConfigureAwait(false);
        List<KeyringEntry> found = [.. secrets.Ring.Lookup(imageName)];
        if (kubernetes < Apart)
        {
            // Providers were asked in the order of their names, that of the files first (plugins.go, NewDockerKeyring).
            var others = given.Given.OrderBy(one => one.Source, StringComparer.Ordinal);
            found.AddRange(BasicKeyring.Lookup([files.Ring, RingOf(others)], imageName));
        }
        else
        {
            found.AddRange(files.Ring.Lookup(imageName));
            found.AddRange(RingOf(given.Given).Lookup(imageName));
        }
        List<OfferedCredential> offered = [.. found.Select(entry => entry.Credential)];
        var unknown = given.Unknown ?? (pod.Unread.Count == 0 ? null : $"{string.Join(" and ", pod.Unread)} {(pod.Unread.Count == 1 ? "was" : "were")} not read");
        return new()
        {
            Offered = offered,
            MissingSecrets = pod.Missing,
            Remarks = [.. secrets.Remarks, .. KeyringRemarks.Of(imageName, found, secrets, files, kubernetes), .. given.Remarks, .. unknown is null ? CloudRemarks.Of(pod, imageName, offered) : []],
            Unknown = unknown,
        };
    }

    private BasicKeyring RingOf(IEnumerable<ProviderCredentials> given)
    {
        var literalsOnly = KeyRules.LiteralsOnly(kubernetes);
        var entries =
            from one in given
            from entry in one.Entries
            let key = RegistryKey.Normalize(entry.Pattern, literalsOnly)
            where key is not null
            select new KeyringEntry(entry.Pattern, new(one.Origin, one.Source, key, entry.Login) { ServiceAccount = one.ServiceAccount });
        return new(entries, literalsOnly);
    }
}
