namespace Viaduct.Registry;

/// <summary>Where credentials come from.</summary>
public interface ICredentialSource
{
    /// <param name="registry">
    /// As it stands in a reference: <c>docker.io</c>, <c>127.0.0.1:5100</c>; or with a path below it, where <see cref="PlaceOfAsync"/> named one.
    /// </param>
    /// <returns>null: ask anonymously.</returns>
    ValueTask<Credential?> FindAsync(string registry, CancellationToken cancellationToken);

    /// <summary>
    /// For whom to ask <see cref="FindAsync"/> when a repository is worked with: the registry, or the longest path in it that has credentials of
    /// its own (<c>quay.io/team</c>; containers-auth.json(5)).
    /// </summary>
    ValueTask<string> PlaceOfAsync(string registry, string repository, CancellationToken cancellationToken) => new(registry);
}
