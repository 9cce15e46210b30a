namespace Viaduct.Registry;

/// <summary>The credentials of one config.json by docker's rules: <c>credHelpers</c>, else <c>credsStore</c>, else <c>auths</c>.</summary>
public sealed class DockerCredentials : ICredentialSource
{
    private readonly AuthFile? _file;

    /// <param name="directory">The folder of config.json; null: there is none.</param>
    public DockerCredentials(string? directory, TimeProvider? clock = null)
        : this(directory, new CredentialHelpers(Environment.GetEnvironmentVariable("PATH"), clock ?? TimeProvider.System))
    {
    }

    internal DockerCredentials(string? directory, CredentialHelpers helpers) =>
        _file = directory is null ? null : AuthFile.At(Path.Combine(directory, "config.json"), CredentialFormat.Docker, helpers);

    public async ValueTask<Credential?> FindAsync(string registry, CancellationToken cancellationToken) =>
        _file is null ? null : await _file.FindAsync(registry, null, cancellationToken).ConfigureAwait(false);
}
