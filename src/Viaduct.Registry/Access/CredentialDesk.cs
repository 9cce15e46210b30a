using System.Collections.Concurrent;

namespace Viaduct.Registry;

/// <summary>Asks the credential source once for a registry, or for a path in it that has credentials of its own, and again after what it gave was refused.</summary>
internal sealed class CredentialDesk(RegistryEndpoint registry, ICredentialSource source)
{
    private readonly SemaphoreSlim _one = new(1);
    private readonly ConcurrentDictionary<string, string> _places = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Credential?> _known = new(StringComparer.Ordinal);

    /// <param name="scopes">What a request is about.</param>
    public async ValueTask<Credential?> FindAsync(ScopeSet scopes, CancellationToken cancellationToken)
    {
        var repository = scopes.Repository ?? "";
        if (IsKnown(repository, out var known)) return known;
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (IsKnown(repository, out known)) return known;
            if (!_places.TryGetValue(repository, out var place))
                _places[repository] = place = repository.Length == 0 ? registry.Registry : await source.PlaceOfAsync(registry.Registry, repository, cancellationToken).ConfigureAwait(false);
            if (!_known.TryGetValue(place, out known))
                _known[place] = known = await source.FindAsync(place, cancellationToken).ConfigureAwait(false);
            return known;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Forgets a credential if it is still the one that was refused.</summary>
    public void Forget(Pass refused) => Forget(known => known.ToBasic()?.Parameter == refused.Header.Parameter);

    /// <inheritdoc cref="Forget(Pass)"/>
    public void Forget(Credential refused) => Forget(refused.Equals);

    private void Forget(Func<Credential, bool> isRefused)
    {
        foreach (var entry in _known)
            if (entry.Value is { } known && isRefused(known)) _known.TryRemove(entry);
    }

    private bool IsKnown(string repository, out Credential? known)
    {
        known = null;
        return _places.TryGetValue(repository, out var place) && _known.TryGetValue(place, out known);
    }
}
