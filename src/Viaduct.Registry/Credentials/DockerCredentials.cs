using System.Text.Json;

namespace Viaduct.Registry;

/// <summary>
/// Credentials by docker's rules: <c>credHelpers</c>, then <c>credsStore</c>, then <c>auths</c> of config.json.
/// The file is read when the first registry asks, and once.
/// </summary>
public sealed class DockerCredentials : ICredentialSource
{
    private readonly string? _directory;
    private readonly TimeProvider _clock;
    private readonly Lazy<Task<DockerConfig?>> _config;

    /// <param name="directory">The folder of config.json; null: there is none.</param>
    public DockerCredentials(string? directory, TimeProvider? clock = null)
    {
        _directory = directory;
        _clock = clock ?? TimeProvider.System;
        _config = new Lazy<Task<DockerConfig?>>(ReadAsync);
    }

    /// <summary><c>$DOCKER_CONFIG</c>, else <c>.docker</c> in the home folder.</summary>
    public static DockerCredentials FromEnvironment() =>
        new(Environment.GetEnvironmentVariable("DOCKER_CONFIG") is { Length: > 0 } named ? named
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home ? Path.Combine(home, ".docker")
            : null);

    public async ValueTask<Credential?> FindAsync(string registry, CancellationToken cancellationToken)
    {
        if (await _config.Value.WaitAsync(cancellationToken).ConfigureAwait(false) is not { } config) return null;
        var helper = config.HelperOf(registry);
        if (helper is not null && await CredentialHelper.GetAsync(helper, RegistryKeys.ServerAddress(registry), _clock, cancellationToken).ConfigureAwait(false) is { } kept)
            return kept;
        return config.Find(registry);
    }

    private async Task<DockerConfig?> ReadAsync()
    {
        if (_directory is null) return null;
        var path = Path.Combine(_directory, "config.json");
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > DockerConfig.MaxSize) throw RegistryErrors.Config(path, $"it has more than {DockerConfig.MaxSize} bytes");
            var bytes = new byte[(int)file.Length];
            var count = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false).ConfigureAwait(false);
            return DockerConfig.Parse(bytes.AsMemory(0, count), path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw RegistryErrors.Config(path, "it cannot be read");
        }
    }
}
