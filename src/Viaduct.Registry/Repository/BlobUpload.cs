using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// Sends a blob: POST for a session, then one PUT with the whole body, the only way that all registries take.
/// A commit that fails may have succeeded (40 of 51 had, jib#4301): the digest is asked for before anything is sent again.
/// </summary>
internal sealed class BlobUpload(Reference name, RegistryConnection connection)
{
    private const int MaxSessions = 3;

    private readonly ScopeSet _push = ScopeSet.Push(name.Repository);

    public async Task<bool> IsThereAsync(Descriptor blob, CancellationToken cancellationToken)
    {
        var (exists, length, _) = await BlobReader.ProbeAsync(name, connection, _push, blob.Digest, cancellationToken).ConfigureAwait(false);
        return exists && (length is null || length == blob.Size);
    }

    /// <param name="session">A session that is open already; null to begin one.</param>
    public async Task SendAsync(Blob blob, Uri? session, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            session ??= await BeginAsync(cancellationToken).ConfigureAwait(false);
            TimeSpan wait;
            ViaductException? failure = null;
            try
            {
                using var answer = await CommitAsync(blob, session, cancellationToken).ConfigureAwait(false);
                if (Took(answer, blob.Descriptor)) return;
                failure = await RegistryErrors.FailedAsync(answer, connection.Endpoint, cancellationToken).ConfigureAwait(false);
                if (!IsLost(answer.Status)) throw failure;
                wait = connection.Retry.Asked(answer) ?? RetryPolicy.Backoff(attempt);
            }
            catch (TransportException e) when (e.Tries > 1)
            {
                failure = e.After(attempt);
                wait = RetryPolicy.Backoff(attempt);
            }
            catch (SourceException e)
            {
                if (attempt == MaxSessions || !e.IsWorthReopening(attempt)) e.ThrowCause(attempt);
                wait = RetryPolicy.Backoff(attempt);
            }
            // What was not sent to its end cannot be there.
            if (failure is not null)
            {
                if (await IsThereAsync(blob.Descriptor, cancellationToken).ConfigureAwait(false)) return;
                if (attempt == MaxSessions) throw failure;
            }
            await connection.Retry.WaitAsync(wait, cancellationToken).ConfigureAwait(false);
            session = null;
        }
    }

    /// <summary>Where an answer says that the upload goes on. Another host is possible; the guard decides, and credentials stay here.</summary>
    public static Uri SessionOf(Answer answer, RegistryEndpoint registry)
    {
        if (!Locations.TryResolve(answer.Uri, answer.Header("Location"), out var location))
            throw RegistryErrors.Protocol(answer.Name, "it opened an upload without a usable Location");
        return TargetGuard.Refuse(registry, answer.Uri, location) is { } why
            ? throw RegistryErrors.Location(answer.Name, $"{location.Authority} is refused: {why}")
            : location;
    }

    private async Task<Uri> BeginAsync(CancellationToken cancellationToken)
    {
        var call = new Call(HttpMethod.Post, connection.Api(name.Repository, "/blobs/uploads/")) { Scopes = _push };
        using var answer = await connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        if (answer.Status is not (200 or 201 or 202)) throw await RegistryErrors.FailedAsync(answer, connection.Endpoint, cancellationToken).ConfigureAwait(false);
        return SessionOf(answer, connection.Endpoint);
    }

    private Task<Answer> CommitAsync(Blob blob, Uri session, CancellationToken cancellationToken) =>
        connection.SendAsync(
            new Call(HttpMethod.Put, Locations.WithDigest(session, blob.Descriptor.Digest.ToString())) { Scopes = _push, Body = Body.Of(blob), Retry = false },
            cancellationToken);

    private static bool Took(Answer answer, Descriptor blob)
    {
        if (answer.Status is not (200 or 201 or 202 or 204)) return false;
        if (answer.IsHtml) throw RegistryErrors.Protocol(answer.Name, "it answered with an HTML page where a blob was sent");
        if (answer.ContentDigest is { } stored && stored.Algorithm == blob.Digest.Algorithm && stored != blob.Digest)
            throw RegistryErrors.Mismatch(answer.Name, $"the registry stored {stored}, and {blob.Digest} was sent");
        return true;
    }

    /// <summary>404: the session is gone, with its replica or because the commit before this one succeeded (ghcr.io); 416: it is out of step.</summary>
    private static bool IsLost(int status) => status is 404 or 416 || RetryPolicy.IsTransient(status);
}
