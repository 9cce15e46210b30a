namespace Viaduct.Registry;

/// <summary>
/// All the places where a machine has credentials, in one order: the variables <c>VIADUCT_REGISTRY_AUTH_…</c> for the one registry that they name;
/// <c>DOCKER_AUTH_CONFIG</c> and docker's config.json; podman's auth.json; <c>.dockercfg</c>. The first that knows a registry is taken,
/// and no later one is read.
/// </summary>
public sealed class KnownCredentials : ICredentialSource
{
    private readonly NamedCredential _named;
    private readonly IReadOnlyList<AuthFile> _files;

    private KnownCredentials(Func<string, string?> variable, IEnumerable<AuthFile> files) => (_named, _files) = (new NamedCredential(variable), [.. files]);

    /// <param name="variable">The environment; null for the process's own.</param>
    public static KnownCredentials FromEnvironment(Func<string, string?>? variable = null, TimeProvider? clock = null)
    {
        variable ??= Environment.GetEnvironmentVariable;
        var helpers = Helpers(variable, clock);
        return new(variable, CredentialPlaces.Docker(DockerConfigFile.FolderOf(variable), variable, helpers).Concat(CredentialPlaces.Others(variable, helpers)));
    }

    /// <summary>As docker itself: its variable and the config.json of a folder, and nothing of podman's.</summary>
    public static KnownCredentials OfDocker(string folder, Func<string, string?> variable, TimeProvider? clock = null) =>
        new(variable, CredentialPlaces.Docker(folder, variable, Helpers(variable, clock)));

    public async ValueTask<Credential?> FindAsync(string registry, CancellationToken cancellationToken) =>
        (await FindNamedAsync(registry, cancellationToken).ConfigureAwait(false))?.Credential;

    public async ValueTask<string> PlaceOfAsync(string registry, string repository, CancellationToken cancellationToken)
    {
        foreach (var file in _files)
            if (await file.PlaceOfAsync(registry, repository, cancellationToken).ConfigureAwait(false) is { } place) return place;
        return registry;
    }

    /// <summary>The name of the file or variable that has a registry's credentials, or of the helper's file; null when none has.</summary>
    public async Task<string?> WhereAsync(string registry, CancellationToken cancellationToken) =>
        (await FindNamedAsync(registry, cancellationToken).ConfigureAwait(false))?.Where;

    /// <summary>The variable whose credentials for a registry are taken before those of files; null when there is none.</summary>
    public async Task<string?> VariableBeforeFilesAsync(string registry, CancellationToken cancellationToken)
    {
        if (_named.Find(registry) is not null) return NamedCredential.Host;
        return _files is [{ IsVariable: true } first, ..] && await first.FindAsync(registry, null, cancellationToken).ConfigureAwait(false) is not null ? first.Name : null;
    }

    private async ValueTask<(Credential Credential, string Where)?> FindNamedAsync(string place, CancellationToken cancellationToken)
    {
        var slash = place.IndexOf('/');
        var (registry, path) = slash < 0 ? (place, null) : (place[..slash], place[(slash + 1)..]);
        if (_named.Find(registry) is { } named) return (named, NamedCredential.Host);
        foreach (var file in _files)
            if (await file.FindAsync(registry, path, cancellationToken).ConfigureAwait(false) is { } found) return (found, file.Name);
        return null;
    }

    private static CredentialHelpers Helpers(Func<string, string?> variable, TimeProvider? clock) => new(variable("PATH"), clock ?? TimeProvider.System);
}
