namespace Viaduct.Registry;

/// <summary>Everything is asked anonymously.</summary>
public sealed class NoCredentials : ICredentialSource
{
    public static readonly NoCredentials Instance = new();

    public ValueTask<Credential?> FindAsync(string registry, CancellationToken cancellationToken) => default;
}
