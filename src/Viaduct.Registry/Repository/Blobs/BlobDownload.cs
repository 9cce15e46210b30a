using Viaduct.Oci;

namespace Viaduct.Registry;

/// <summary>
/// A blob's bytes over as many connections as it takes. Where one breaks or stands still the registry is asked to go on from there
/// (<c>Range</c>); it is asked and not the store it had sent to, whose signed address may have ended. Giving up takes three failures
/// within one MiB (containers/image docker/body_reader.go asks for as much progress).
/// </summary>
/// <param name="call">Reads all of it.</param>
internal sealed class BlobDownload(Descriptor blob, Call call, RegistryConnection connection) : ReadOnlyStream
{
    private const int MaxFailures = 3;
    private const long Progress = 1 << 20;

    private Stream? _part;
    private Answer? _answer;
    private long _read;
    private long _mark;
    private long _skip;
    private int _failures;

    /// <param name="from">Where another place broke off; 0 for all of it.</param>
    public Task BeginAsync(long from, CancellationToken cancellationToken)
    {
        _read = _mark = from;
        return OpenAsync(from == 0 ? call : call with { From = from, IsAside = true }, cancellationToken);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            // Whoever reads may hold a place in the gate, of an upload that is fed by this: going on must not wait for one.
            if (_part is null) await ReopenAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                if (_skip > 0) await PassOverAsync(cancellationToken).ConfigureAwait(false);
                var count = await _part!.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                _read += count;
                if (count > 0 || buffer.IsEmpty || IsEnd()) return count;
                if (IsShortPart())
                {
                    await CloseAsync().ConfigureAwait(false);
                    continue;
                }
                throw RegistryErrors.Unreachable(_answer!.Name, _answer.Uri.Authority, $"the connection ended after {_read} of {blob.Size} bytes", RetryPolicy.MaxTries);
            }
            catch (TransportException e)
            {
                if (_read >= blob.Size) return 0;
                await SufferAsync(e, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether what ends is all that the registry has; else it is for the one who verifies to say that it is too little.</summary>
    private bool IsEnd() => _read >= blob.Size || (_answer!.Status == 206 ? _answer.Range?.Last == blob.Size - 1 && _answer.ShowsItsEnd : _answer.ShowsItsEnd);

    /// <summary>A server may give less than was asked for (RFC 9110, 15.3.7): at least a byte, and so the end is in sight.</summary>
    private bool IsShortPart() => _answer!.Status == 206 && _answer.Range is { } part && part.Last == _read - 1 && _read < blob.Size;

    private async Task SufferAsync(TransportException failure, CancellationToken cancellationToken)
    {
        await CloseAsync().ConfigureAwait(false);
        if (_read - _mark >= Progress) (_mark, _failures) = (_read, 0);
        if (++_failures == MaxFailures) throw failure.Finally(_failures);
        await connection.Retry.WaitAsync(RetryPolicy.Backoff(_failures), cancellationToken).ConfigureAwait(false);
    }

    private async Task ReopenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await OpenAsync(call with { From = _read, IsAside = true }, cancellationToken).ConfigureAwait(false);
        }
        catch (TransportException e)
        {
            // It has been asked as often as any request is.
            throw e.Finally(1);
        }
    }

    private async Task OpenAsync(Call part, CancellationToken cancellationToken)
    {
        using var answer = await connection.SendAsync(part, cancellationToken).ConfigureAwait(false);
        switch (answer.Status)
        {
            case 200:
                if (answer.Length is { } length && length != blob.Size) throw OtherLength(answer, length);
                _skip = part.From;
                break;
            case 206 when part.From > 0:
                CheckPart(answer, part.From);
                _skip = 0;
                break;
            case 404:
                await connection.Absence.ConfirmAsync(answer, cancellationToken).ConfigureAwait(false);
                throw RegistryErrors.Missing(answer.Name);
            case 416 when part.From > 0:
                throw RegistryErrors.NoPart(answer.Name, $"the registry has nothing from byte {part.From} on, and the descriptor says {blob.Size} bytes");
            default:
                throw await RegistryErrors.FailedAsync(answer, connection.Endpoint, cancellationToken).ConfigureAwait(false);
        }
        _answer = answer;
        _part = await answer.HandOutAsync(cancellationToken).ConfigureAwait(false);
    }

    private ViaductException OtherLength(Answer answer, long length) => answer.IsHtml
        ? RegistryErrors.Protocol(answer.Name, "it answered with an HTML page where a blob was expected")
        : RegistryErrors.Mismatch(answer.Name, $"{length} bytes are offered, and the descriptor says {blob.Size}");

    /// <summary>Another part than asked for would be hashed as if it were this one, and blamed on the bytes.</summary>
    private void CheckPart(Answer answer, long from)
    {
        if (answer.Range is not { } range || range.First != from || range.Last < from || range.Last >= blob.Size)
            throw RegistryErrors.NoPart(answer.Name, $"asked for what follows byte {from} of {blob.Size}, it answered with {answer.Header("Content-Range") ?? "a part that it does not name"}");
        if (answer.Length is { } length && length != range.Last - from + 1)
            throw RegistryErrors.NoPart(answer.Name, $"the part is said to have {length} bytes, and to be {range.First}-{range.Last}");
    }

    /// <summary>Some answer with all of it again.</summary>
    private async Task PassOverAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[(int)Math.Min(_skip, 1 << 16)];
        while (_skip > 0)
        {
            var count = await _part!.ReadAsync(buffer.AsMemory(0, (int)Math.Min(_skip, buffer.Length)), cancellationToken).ConfigureAwait(false);
            if (count == 0) throw RegistryErrors.Unreachable(_answer!.Name, _answer.Uri.Authority, $"the connection ended before byte {_read} of {blob.Size}, where it had broken off", RetryPolicy.MaxTries);
            _skip -= count;
        }
    }

    private async ValueTask CloseAsync()
    {
        if (_part is not null) await _part.DisposeAsync().ConfigureAwait(false);
        _part = null;
    }

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _part?.Dispose();
        base.Dispose(disposing);
    }
}
