using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>Shows a credential to a registry, as <c>docker login</c> does, before it is kept.</summary>
public static class LoginCheck
{
    /// <param name="registry">As it stands in a reference.</param>
    /// <param name="options">How it is reached; its credentials are not asked.</param>
    /// <returns>False when the registry lets everybody in, so that it looked at nothing.</returns>
    /// <exception cref="ViaductException">VIA3044 when it refuses the credential; else as of every request.</exception>
    public static async Task<bool> AskAsync(string registry, Credential credential, RegistryOptions options, CancellationToken cancellationToken)
    {
        var only = new Only(registry, credential);
        using var connection = new RegistryConnection(RegistryEndpoint.Of(registry, options.PlainHttp, options.Insecure), options with { Credentials = only });
        try
        {
            using var answer = await connection.SendAsync(new Call(HttpMethod.Get, new Uri(connection.Endpoint.Root, "/v2/")), cancellationToken).ConfigureAwait(false);
            if (answer.Status != 200) throw await RegistryErrors.FailedAsync(answer, connection.Endpoint, cancellationToken).ConfigureAwait(false);
            if (answer.IsHtml) throw RegistryErrors.Protocol(answer.Name, "it answered with an HTML page");
            return only.WasAsked;
        }
        catch (RegistryException e) when (e.Status is 400 or 401 or 403)
        {
            throw RegistryErrors.Login(registry, e);
        }
    }

    private sealed class Only(string registry, Credential credential) : ICredentialSource
    {
        public bool WasAsked { get; private set; }

        public ValueTask<Credential?> FindAsync(string asked, CancellationToken cancellationToken)
        {
            WasAsked = true;
            return new(asked == registry ? credential : null);
        }
    }
}
