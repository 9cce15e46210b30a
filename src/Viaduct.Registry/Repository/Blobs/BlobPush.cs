using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// Makes a blob present with as few requests as can be: a mount is tried blind, because it succeeds for what is there already too;
/// small blobs are sent without asking, because asking costs as much.
/// </summary>
internal sealed class BlobPush(Reference name, RegistryConnection connection)
{
    public const long SmallEnough = 64 << 10;

    private readonly ScopeSet _push = ScopeSet.Push(name.Repository);
    private readonly BlobUpload _upload = new(name, connection);

    public async Task PushAsync(Blob blob, CancellationToken cancellationToken)
    {
        var key = (name.Repository, blob.Descriptor.Digest);
        while (true)
        {
            var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var flight = connection.Flights.GetOrAdd(key, mine.Task);
            if (flight == mine.Task)
            {
                await FlyAsync(blob, mine, cancellationToken).ConfigureAwait(false);
                return;
            }
            // Whoever sends this blob already sends it for all; only if that was cancelled it is our turn.
            await ((Task)flight.WaitAsync(cancellationToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            if (!flight.IsCanceled)
            {
                await flight.ConfigureAwait(false);
                return;
            }
        }
    }

    private async Task FlyAsync(Blob blob, TaskCompletionSource flight, CancellationToken cancellationToken)
    {
        try
        {
            await BringAsync(blob, cancellationToken).ConfigureAwait(false);
            // A flight that arrived stays known: a second one would not only be wasted, it would have distribution write the blob's link
            // anew in place, and a manifest that is checked at that moment is refused as DIGEST_INVALID (met with layers that several children share).
            flight.SetResult();
        }
        catch (OperationCanceledException)
        {
            Forget();
            flight.SetCanceled(CancellationToken.None);
            throw;
        }
        catch (Exception e)
        {
            Forget();
            flight.SetException(e);
            _ = flight.Task.Exception; // observed: the caller gets it by the throw
            throw;
        }

        void Forget() => connection.Flights.TryRemove((name.Repository, blob.Descriptor.Digest), out _);
    }

    private async Task BringAsync(Blob blob, CancellationToken cancellationToken)
    {
        UploadSession? session = null;
        if (blob.MountFrom is { } source && source.Registry == name.Registry && source.Repository != name.Repository)
        {
            (var mounted, session) = await MountAsync(blob.Descriptor.Digest, source, cancellationToken).ConfigureAwait(false);
            if (mounted) return;
        }
        using var entered = await Held.EnterAsync(connection.Uploads, cancellationToken).ConfigureAwait(false);
        if (session is null && blob.Descriptor.Size > SmallEnough && await _upload.IsThereAsync(blob.Descriptor, cancellationToken).ConfigureAwait(false))
            return;
        await _upload.SendAsync(blob, session, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>True when mounted; else the upload session that some registries open instead, or neither: then nothing is lost.</summary>
    private async Task<(bool Mounted, UploadSession? Session)> MountAsync(Digest digest, Reference source, CancellationToken cancellationToken)
    {
        var call = new Call(HttpMethod.Post, connection.Api(name.Repository, $"/blobs/uploads/?mount={digest}&from={source.Repository}"))
        {
            Scopes = _push.Union(ScopeSet.Pull(source.Repository)),
        };
        try
        {
            using var answer = await connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
            return answer.Status switch
            {
                201 => (true, null),
                202 => (false, UploadSession.Of(name, connection, answer)),
                _ => (false, null),
            };
        }
        catch (ViaductException e) when (e.Kind == FailureKind.Denied)
        {
            // The source may be closed to this account while the target is open.
            return (false, null);
        }
    }
}
