using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>Blobs of one repository, read.</summary>
internal sealed class BlobReader(Reference name, RegistryConnection connection)
{
    private readonly ScopeSet _pull = ScopeSet.Pull(name.Repository);

    public async Task<long?> HeadAsync(Digest digest, CancellationToken cancellationToken)
    {
        var (exists, length, where) = await ProbeAsync(name, connection, _pull, digest, cancellationToken).ConfigureAwait(false);
        return !exists ? null : length ?? throw RegistryErrors.Protocol(where, "it has the blob and does not say how large it is");
    }

    public async Task<Stream> OpenAsync(Descriptor blob, CancellationToken cancellationToken)
    {
        var call = new Call(HttpMethod.Get, UriOf(name, connection, blob.Digest)) { Scopes = _pull };
        var answer = await connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        try
        {
            if (answer.Status == 404) throw RegistryErrors.Missing(answer.Name);
            if (answer.Status != 200) throw await RegistryErrors.FailedAsync(answer, connection.Endpoint, cancellationToken).ConfigureAwait(false);
            if (answer.Length is { } length && length != blob.Size)
                throw answer.IsHtml
                    ? RegistryErrors.Protocol(answer.Name, "it answered with an HTML page where a blob was expected")
                    : RegistryErrors.Mismatch(answer.Name, $"{length} bytes are offered, and the descriptor says {blob.Size}");
            return new VerifyingStream(await answer.HandOutAsync(cancellationToken).ConfigureAwait(false), blob);
        }
        finally
        {
            answer.Dispose();
        }
    }

    public static Uri UriOf(Reference name, RegistryConnection connection, Digest digest) =>
        connection.Api(name.Repository, $"/blobs/{digest}");

    /// <summary>Whether the repository has a blob, and the length if it says so.</summary>
    public static async Task<(bool Exists, long? Length, string Where)> ProbeAsync(
        Reference name, RegistryConnection connection, ScopeSet scopes, Digest digest, CancellationToken cancellationToken)
    {
        var call = new Call(HttpMethod.Head, UriOf(name, connection, digest)) { Scopes = scopes };
        using var answer = await connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        if (answer.Status == 404) return (false, null, answer.Name);
        if (answer.Status != 200) throw await RegistryErrors.FailedAsync(answer, connection.Endpoint, cancellationToken).ConfigureAwait(false);
        if (answer.IsHtml) throw RegistryErrors.Protocol(answer.Name, "it answered with an HTML page where a blob was asked for");
        if (answer.ContentDigest is { } claimed && claimed.Algorithm == digest.Algorithm && claimed != digest)
            throw RegistryErrors.Mismatch(answer.Name, $"the registry calls the blob {claimed}");
        return (true, answer.Length, answer.Name);
    }
}
