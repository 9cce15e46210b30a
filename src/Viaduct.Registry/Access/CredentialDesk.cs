namespace Viaduct.Registry;

/// <summary>Asks the credential source once for a registry, and again after what it gave was refused.</summary>
internal sealed class CredentialDesk(RegistryEndpoint registry, ICredentialSource source)
{
    private readonly SemaphoreSlim _one = new(1);
    private volatile bool _asked;

    private Credential? _known;

    public async ValueTask<Credential?> FindAsync(CancellationToken cancellationToken)
    {
        if (_asked) return _known;
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_asked) return _known;
            _known = await source.FindAsync(registry.Registry, cancellationToken).ConfigureAwait(false);
            _asked = true;
            return _known;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Forgets the credential if it is still the one that was refused.</summary>
    public void Forget(Pass refused)
    {
        if (_known?.ToBasic()?.Parameter == refused.Header.Parameter) _asked = false;
    }
}
