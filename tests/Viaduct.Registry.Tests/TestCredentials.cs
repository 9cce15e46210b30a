namespace Viaduct.Registry.Tests;

/// <summary>Credentials by registry, and how often each was asked for.</summary>
internal sealed class TestCredentials(params (string Registry, Credential Credential)[] known) : ICredentialSource
{
    public int Asked;

    public ValueTask<Credential?> FindAsync(string registry, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref Asked);
        foreach (var (name, credential) in known)
            if (name == registry) return new(credential);
        return default;
    }
}
