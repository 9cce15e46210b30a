namespace Viaduct.Registry;

/// <summary>
/// Credentials by docker's rules: <c>credHelpers</c>, then <c>credsStore</c>, then <c>auths</c> of config.json.
/// The file is read when the first registry asks, and once.
/// </summary>
public sealed class DockerCredentials : ICredentialSource
{
    private readonly string? _directory;
    private readonly TimeProvider _clock;
    private readonly Lazy<DockerConfig?> _config;

    /// <param name="directory">The folder of config.json; null: there is none.</param>
    public DockerCredentials(string? directory, TimeProvider? clock = null)
    {
        _directory = directory;
        _clock = clock ?? TimeProvider.System;
        _config = new Lazy<DockerConfig?>(Read);
    }

    public static DockerCredentials FromEnvironment() => new(DockerConfigFile.FolderOf(Environment.GetEnvironmentVariable));

    public async ValueTask<Credential?> FindAsync(string registry, CancellationToken cancellationToken)
    {
        if (_config.Value is not { } config) return null;
        var helper = config.HelperOf(registry);
        if (helper is not null && await CredentialHelper.GetAsync(helper, RegistryKeys.ServerAddress(registry), _clock, cancellationToken).ConfigureAwait(false) is { } kept)
            return kept;
        return config.Find(registry);
    }

    private DockerConfig? Read() =>
        _directory is not null && DockerConfigFile.Read(_directory) is { } bytes ? DockerConfig.Parse(bytes, Path.Combine(_directory, "config.json")) : null;
}
