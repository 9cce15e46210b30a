using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// One blob sent in parts, for where it did not get through as a whole. After a break the registry is asked how much it has (distribution-spec,
/// "Pushing a blob in chunks"), and goes on behind that; where it knows nothing of the upload any more, all begins anew.
/// </summary>
internal sealed class BlobChunks(Reference name, RegistryConnection connection, Blob blob, ChunkRules rules) : IAsyncDisposable
{
    /// <summary>In a row, without a byte more than ever before; and as many sessions.</summary>
    private const int MaxFailures = 10;

    private readonly ChunkSource _source = new(blob);
    private readonly long _size = blob.Descriptor.Size;
    private UploadSession? _session;
    private long _chunk = rules.First(blob.Descriptor.Size) ?? rules.Size;
    private long _offset;
    private long _furthest;
    private Allowance _allowance = new();
    private int _failures;
    private int _sessions;
    private int _reopened;

    /// <summary>True when the registry said how much it had: what it took for that may have been something else.</summary>
    public bool WasResumed { get; private set; }

    /// <param name="session">In which the whole broke off, to go on there; null to begin anew.</param>
    /// <exception cref="ViaductException">As of every upload.</exception>
    public async Task SendAsync(UploadSession? session, CancellationToken cancellationToken)
    {
        _session = session;
        try
        {
            if (session is not null) await ResumeAsync(cancellationToken).ConfigureAwait(false);
            while (!await StepAsync(cancellationToken).ConfigureAwait(false))
            {
            }
        }
        catch (Exception e)
        {
            var isStopped = e is OperationCanceledException;
            if (_session is not null) await _session.GiveUpAsync(isStopped ? CancellationToken.None : cancellationToken, isStopped).ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <returns>True when the blob is there.</returns>
    private async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        await BeginAsync(cancellationToken).ConfigureAwait(false);
        var isCommit = _offset == _size;
        var part = Math.Min(Math.Max(_chunk, _session!.LeastChunk), _size - _offset);
        Setback setback;
        try
        {
            using var answer = isCommit
                ? await _session.CommitAsync(blob.Descriptor.Digest, Body.Empty, _failures > 0, cancellationToken).ConfigureAwait(false)
                : await _session.AppendAsync(_source.Part(_offset, part), cancellationToken).ConfigureAwait(false);
            if (isCommit ? BlobUpload.Took(answer, blob.Descriptor) : UploadSession.IsTaken(answer)) return isCommit || Advance(_offset + part);
            setback = await Setback.OfAsync(answer, connection, _failures + 1, cancellationToken).ConfigureAwait(false);
        }
        catch (TransportException e) when (e.Tries > 1)
        {
            setback = Setback.Of(e, _failures + 1);
        }
        catch (SourceException e)
        {
            if (!e.IsWorthReopening(++_reopened)) e.ThrowCause(_reopened);
            setback = Setback.Of(e, _reopened);
        }
        var isHeld = setback.IsLost && _allowance.Covers(setback.Pause);
        if (isHeld) await connection.Retry.WaitAsync(setback.Pause, cancellationToken).ConfigureAwait(false);
        if (isCommit && setback.IsLost && await BlobUpload.IsThereAsync(name, connection, blob.Descriptor, cancellationToken).ConfigureAwait(false)) return true;
        await RecoverAsync(setback, isCommit, isHeld, cancellationToken).ConfigureAwait(false);
        return false;
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (_session is not null) return;
        _session = await UploadSession.BeginAsync(name, connection, cancellationToken).ConfigureAwait(false);
        _offset = 0;
        _sessions++;
    }

    /// <returns>False: it is not over.</returns>
    private bool Advance(long offset)
    {
        _offset = offset;
        if (offset > _furthest) (_furthest, _failures, _allowance) = (offset, 0, new Allowance());
        return false;
    }

    private async Task RecoverAsync(Setback setback, bool isCommit, bool isHeld, CancellationToken cancellationToken)
    {
        // Refused for its size before the upload was looked at, by a proxy: the same place, with less.
        if (setback.Status == 413 && !isCommit && Shrink()) return;
        if (!setback.IsLost || (setback.Pause.IsAsked && !isHeld) || (!isHeld && ++_failures == MaxFailures) || _sessions == MaxFailures) throw setback.Failure;
        if (!isHeld) await connection.Retry.WaitAsync(setback.Pause, cancellationToken).ConfigureAwait(false);
        var before = _offset;
        if (setback.Status is 400 or 404) _session = null;
        else await ResumeAsync(cancellationToken).ConfigureAwait(false);
        // Some refuse what is too large by closing the connection, without a word.
        if (setback is { Status: 0, IsOfSource: false } && !isCommit && _failures > 1) Shrink();
        // Not out of step, so it was the size: ghcr.io's word for that is 416, too.
        if (setback.Status == 416 && _session is not null && _offset == before && !Shrink()) await DropAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task ResumeAsync(CancellationToken cancellationToken)
    {
        if (!rules.Resumes)
        {
            await DropAsync(cancellationToken).ConfigureAwait(false);
        }
        else if (await _session!.AskAsync(cancellationToken).ConfigureAwait(false) is { } has && has <= _size)
        {
            WasResumed = true;
            Advance(has);
        }
        else
        {
            // distribution 2.8 ends an upload that is not where the Location says, as it is not after every break.
            _session = null;
        }
    }

    private async Task DropAsync(CancellationToken cancellationToken)
    {
        await _session!.GiveUpAsync(cancellationToken).ConfigureAwait(false);
        _session = null;
    }

    private bool Shrink()
    {
        if (rules.Smaller(_chunk) is not { } smaller || smaller < _session?.LeastChunk) return false;
        _chunk = smaller;
        return true;
    }
}
