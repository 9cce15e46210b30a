namespace Viaduct.Registry;

/// <summary>Where credentials come from.</summary>
public interface ICredentialSource
{
    /// <param name="registry">As it stands in a reference: <c>docker.io</c>, <c>127.0.0.1:5100</c>.</param>
    /// <returns>null: ask anonymously.</returns>
    ValueTask<Credential?> FindAsync(string registry, CancellationToken cancellationToken);
}
