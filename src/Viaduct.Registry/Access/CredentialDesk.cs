using System.Collections.Concurrent;
using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// Asks the credential source once for a registry, or for a path in it that has credentials of its own, and again after what it gave was refused.
/// Accounts are locked by wrong passwords: one that was refused before it ever worked is not shown again for a while, and until one has worked, one request tries it.
/// </summary>
internal sealed class CredentialDesk(RegistryEndpoint registry, ICredentialSource source, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1);
    private readonly ConcurrentDictionary<Credential, bool> _tried = new();
    private readonly ConcurrentDictionary<Credential, (long At, ViaductException? Why)> _refused = new();
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

    /// <summary>It works, or what was refused is not the password.</summary>
    public void Prove(Credential credential) => _tried.TryAdd(credential, true);

    /// <summary>The source is asked again. What it gives again is not shown again, unless it has worked before: then the refusal is about something else.</summary>
    /// <param name="why">What the token service said.</param>
    public void Refuse(Credential credential, ViaductException? why = null)
    {
        if (IsRefused(credential, out _)) return;
        if (!_tried.ContainsKey(credential)) _refused[credential] = (clock.GetTimestamp(), why);
        foreach (var entry in _known)
            if (entry.Value == credential) _known.TryRemove(entry);
    }

    public bool IsRefused(Credential credential, out ViaductException? why)
    {
        var isRefused = _refused.TryGetValue(credential, out var refusal) && clock.GetElapsedTime(refusal.At) < Pause;
        why = refusal.Why;
        return isRefused;
    }

    /// <summary>Holds the others that would show a credential of which nobody knows whether it is right; nothing to wait for when it is known.</summary>
    public async ValueTask<Held?> TryAsync(SemaphoreSlim one, Credential? credential, CancellationToken cancellationToken)
    {
        if (credential is null || IsSettled(credential)) return null;
        var held = await Held.EnterAsync(one, cancellationToken).ConfigureAwait(false);
        if (!IsSettled(credential)) return held;
        held.Dispose();
        return null;
    }

    private bool IsSettled(Credential credential) => _tried.ContainsKey(credential) || IsRefused(credential, out _);

    private bool IsKnown(string repository, out Credential? known)
    {
        known = null;
        return _places.TryGetValue(repository, out var place) && _known.TryGetValue(place, out known);
    }
}
