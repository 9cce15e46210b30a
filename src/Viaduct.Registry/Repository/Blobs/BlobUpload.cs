using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// Sends a blob: POST for a session, then one PUT with the whole body, the only way that all registries take; in parts only what did not get
/// through like that. A commit that fails may have succeeded (40 of 51 had, jib#4301): the digest is asked for before anything is sent again.
/// </summary>
internal sealed class BlobUpload(Reference name, RegistryConnection connection)
{
    private const int MaxSessions = 3;

    public Task<bool> IsThereAsync(Descriptor blob, CancellationToken cancellationToken) => IsThereAsync(name, connection, blob, cancellationToken);

    public static async Task<bool> IsThereAsync(Reference name, RegistryConnection connection, Descriptor blob, CancellationToken cancellationToken)
    {
        var (exists, length, _) = await BlobReader.ProbeAsync(name, connection, ScopeSet.Push(name.Repository), blob.Digest, cancellationToken).ConfigureAwait(false);
        return exists && (length is null || length == blob.Size);
    }

    /// <param name="session">A session that is open already; null to begin one.</param>
    /// <exception cref="ViaductException">VIA1012 when the source gives other bytes than its descriptor says; VIA3xxx.</exception>
    public async Task SendAsync(Blob blob, UploadSession? session, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(blob, ChunkRules.Of(name.Registry), session, cancellationToken).ConfigureAwait(false);
        }
        catch (RegistryException e) when (e.Kind == FailureKind.Mismatch)
        {
            // A damaged file here is not the registry's fault.
            await blob.CheckAsync(cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Whether a commit was taken.</summary>
    public static bool Took(Answer answer, Descriptor blob)
    {
        if (answer.Status is not (200 or 201 or 202 or 204)) return false;
        if (answer.IsHtml) throw RegistryErrors.Protocol(answer.Name, "it answered with an HTML page where a blob was sent");
        if (answer.ContentDigest is { } stored && stored.Algorithm == blob.Digest.Algorithm && stored != blob.Digest)
            throw RegistryErrors.Mismatch(answer.Name, $"the registry stored {stored}, and {blob.Digest} was sent");
        return true;
    }

    private async Task SendAsync(Blob blob, ChunkRules? rules, UploadSession? session, CancellationToken cancellationToken)
    {
        var allowance = new Allowance();
        for (var attempt = 1; ;)
        {
            session ??= await UploadSession.BeginAsync(name, connection, cancellationToken).ConfigureAwait(false);
            if (await TryWholeAsync(blob, session, attempt, cancellationToken).ConfigureAwait(false) is not { } setback) return;
            var isForParts = rules is not null && IsForParts(setback, blob.Descriptor.Size, rules);
            // Held before anything is asked, else the question is the next one too many.
            var isHeld = setback.IsLost && allowance.Covers(setback.Pause);
            if (isHeld) await connection.Retry.WaitAsync(setback.Pause, cancellationToken).ConfigureAwait(false);
            if (setback is { IsLost: true, IsOfSource: false } && await IsThereAsync(blob.Descriptor, cancellationToken).ConfigureAwait(false)) return;
            // Of what was refused nothing has come to the registry; what broke off is still there in part.
            if (setback.LeavesSession) session = await DropAsync(session, cancellationToken).ConfigureAwait(false);
            if (!isForParts && !(setback.IsLost && (isHeld || IsWorthMore(setback, attempt)))) throw setback.Failure;
            if (!isHeld) attempt++;
            if (!isHeld && setback.Status != 413) await connection.Retry.WaitAsync(setback.Pause, cancellationToken).ConfigureAwait(false);
            if (isForParts)
            {
                if (await TryPartsAsync(blob, rules!, session, cancellationToken).ConfigureAwait(false)) return;
                rules = null;
            }
            session = null;
        }
    }

    /// <summary>A pause that was asked for is not cut short when there is no time left for it.</summary>
    private static bool IsWorthMore(Setback setback, int attempt) => attempt < MaxSessions && !setback.Pause.IsAsked;

    /// <returns>Null when the blob is there.</returns>
    private async Task<Setback?> TryWholeAsync(Blob blob, UploadSession session, int attempt, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await session.CommitAsync(blob.Descriptor.Digest, Body.Of(blob), attempt > 1, cancellationToken).ConfigureAwait(false);
            return Took(answer, blob.Descriptor) ? null : await Setback.OfAsync(answer, connection, attempt, cancellationToken).ConfigureAwait(false);
        }
        catch (TransportException e) when (e.Tries > 1)
        {
            return Setback.Of(e, attempt);
        }
        catch (SourceException e) when (attempt < MaxSessions && e.IsWorthReopening(attempt))
        {
            return Setback.Of(e, attempt);
        }
        catch (SourceException e)
        {
            await session.GiveUpAsync(cancellationToken).ConfigureAwait(false);
            e.ThrowCause(attempt);
            throw;
        }
        catch (OperationCanceledException)
        {
            await session.GiveUpAsync(CancellationToken.None, isStopped: true).ConfigureAwait(false);
            throw;
        }
    }

    /// <returns>False when it is worth being sent once more as one whole: what the registry said it had already may not have been what was sent.</returns>
    private async Task<bool> TryPartsAsync(Blob blob, ChunkRules rules, UploadSession? session, CancellationToken cancellationToken)
    {
        await using var parts = new BlobChunks(name, connection, blob, rules);
        try
        {
            await parts.SendAsync(session, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RegistryException e) when (e.Kind == FailureKind.Mismatch && parts.WasResumed)
        {
            return false;
        }
    }

    /// <summary>A proxy with a bound or a limit of time, or a connection that does not hold for as long as the whole takes.</summary>
    private static bool IsForParts(Setback setback, long size, ChunkRules rules) => setback switch
    {
        { IsOfSource: true } => false,
        { Status: 413 } => rules.First(size) is not null,
        { Status: 0 or 502 or 504 } => size > rules.Size,
        _ => false,
    };

    private static async Task<UploadSession?> DropAsync(UploadSession session, CancellationToken cancellationToken)
    {
        await session.GiveUpAsync(cancellationToken).ConfigureAwait(false);
        return null;
    }
}
