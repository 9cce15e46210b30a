using Viaduct.Registry;

namespace Viaduct.Acceptance.Tests.Engines;

/// <summary>What one registry is shown, and no other; remembers which were asked for.</summary>
internal sealed class OneCredential(string? registry, Credential? credential) : ICredentialSource
{
    public ValueTask<Credential?> FindAsync(string registryOf, CancellationToken cancellationToken) => ValueTask.FromResult(registryOf == registry ? credential : null);
}
