using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>Blobs of one repository, read.</summary>
internal sealed class BlobReader(Reference name, RegistryConnection connection)
{
    private readonly ScopeSet _pull = ScopeSet.Pull(name.Repository);

    public async Task<long?> HeadAsync(Digest digest, CancellationToken cancellationToken)
    {
        var (exists, length, where) = await ProbeAsync(name, connection, _pull, digest, cancellationToken, confirm: true).ConfigureAwait(false);
        return !exists ? null : length ?? throw RegistryErrors.Protocol(where, "it has the blob and does not say how large it is");
    }

    public async Task<Stream> OpenAsync(Descriptor blob, CancellationToken cancellationToken)
    {
        // Below what verifies: however many answers the bytes came in, they are hashed once and as one.
        return new VerifyingStream(await DownloadAsync(blob, 0, cancellationToken).ConfigureAwait(false), blob);
    }

    /// <summary>The bytes from this one on; whoever reads has to compare them with the descriptor.</summary>
    public async Task<Stream> DownloadAsync(Descriptor blob, long from, CancellationToken cancellationToken)
    {
        var download = new BlobDownload(blob, new Call(HttpMethod.Get, UriOf(name, connection, blob.Digest)) { Scopes = _pull, IsBulk = true }, connection);
        await download.BeginAsync(from, cancellationToken).ConfigureAwait(false);
        return download;
    }

    public static Uri UriOf(Reference name, RegistryConnection connection, Digest digest) =>
        connection.Api(name.Repository, $"/blobs/{digest}");

    /// <summary>Whether the repository has a blob, and the length if it says so.</summary>
    /// <param name="confirm">False for who sends what is not there: an answer that is in doubt is met again by the sending.</param>
    public static async Task<(bool Exists, long? Length, string Where)> ProbeAsync(
        Reference name, RegistryConnection connection, ScopeSet scopes, Digest digest, CancellationToken cancellationToken, bool confirm = false)
    {
        var call = new Call(HttpMethod.Head, UriOf(name, connection, digest)) { Scopes = scopes };
        using var answer = await connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        if (answer.Status == 404)
        {
            if (confirm) await connection.Absence.ConfirmAsync(answer, cancellationToken).ConfigureAwait(false);
            return (false, null, answer.Name);
        }
        if (answer.Status != 200) throw await RegistryErrors.FailedAsync(answer, connection.Endpoint, cancellationToken).ConfigureAwait(false);
        if (answer.IsHtml) throw RegistryErrors.Protocol(answer.Name, "it answered with an HTML page where a blob was asked for");
        if (answer.ContentDigest is { } claimed && claimed.Algorithm == digest.Algorithm && claimed != digest)
            throw RegistryErrors.Mismatch(answer.Name, $"the registry calls the blob {claimed}");
        return (true, answer.Length, answer.Name);
    }
}
