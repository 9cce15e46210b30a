using System.IO.Hashing;

namespace Viaduct.Oci.Compression;

/// <summary>
/// Writes one gzip member (RFC 1952) whose bytes depend on the input alone: not on the runtime, the processor, the number of
/// threads or the way the input is cut into writes; see <see cref="PinnedGzip.Identity"/>.
/// </summary>
/// <remarks>
/// The input is cut into blocks that are compressed side by side, each with the 32 KiB before it as its dictionary, and
/// joined by empty stored blocks, as pigz does. <see cref="Flush"/> does not cut: a flushed stream and one that is not are
/// the same. Disposing completes the member, as with <see cref="System.IO.Compression.GZipStream"/>, unless a write failed:
/// then nothing more is written, and what was written is no valid gzip.
/// </remarks>
public sealed partial class PinnedGzipStream : Stream
{
    private readonly Stream _output;
    private readonly bool _leaveOpen;
    private readonly CompressionQueue _queue;
    private readonly Crc32 _checksum = new();
    private CompressionUnit? _unit = CompressionUnit.First();
    private long _length;
    private State _state;

    /// <param name="output">Where to. It is written to by the threads that write to this stream, never at once.</param>
    /// <param name="threads">How many threads compress, the writing one included; 0 for one a processor.</param>
    /// <param name="leaveOpen">Whether the output outlives this stream.</param>
    public PinnedGzipStream(Stream output, int threads = 0, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        if (!output.CanWrite)
        {
            throw new ArgumentException("The output cannot be written to.", nameof(output));
        }

        _output = output;
        _leaveOpen = leaveOpen;
        _queue = new CompressionQueue(threads == 0 ? Environment.ProcessorCount : threads);
    }

    private enum State
    {
        Open,
        Completed,
        Failed,
        Disposed,
    }

    /// <inheritdoc/>
    public override bool CanWrite => _state == State.Open;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ThrowIfNotOpen();
        for (buffer = Fill(buffer); !buffer.IsEmpty; buffer = Fill(buffer))
        {
            Completed(SubmitAsync(async: false, CancellationToken.None));
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        Write(buffer.AsSpan(offset, count));
    }

    /// <inheritdoc/>
    public override void WriteByte(byte value) => Write([value]);

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ThrowIfNotOpen();
        cancellationToken.ThrowIfCancellationRequested();
        while (true)
        {
            buffer = buffer[^Fill(buffer.Span).Length..];
            if (buffer.IsEmpty)
            {
                return;
            }

            await SubmitAsync(async: true, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        ValidateBufferArguments(buffer, offset, count);
        return WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    }

    /// <summary>Flushes the output. Input that does not fill a block stays here, or the bytes would depend on flushes.</summary>
    public override void Flush()
    {
        ObjectDisposedException.ThrowIf(_state == State.Disposed, this);
        _output.Flush();
    }

    /// <inheritdoc cref="Flush"/>
    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_state == State.Disposed, this);
        return _output.FlushAsync(cancellationToken);
    }

    /// <summary>Writes all that is left and the trailer. Nothing can be written after it.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken = default)
    {
        if (_state != State.Completed)
        {
            ThrowIfNotOpen();
            cancellationToken.ThrowIfCancellationRequested();
            await CompleteAsync(async: true, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        try
        {
            if (_state == State.Open)
            {
                await CompleteAsync(async: true, CancellationToken.None).ConfigureAwait(false);
            }
        }
        finally
        {
            if (_state != State.Disposed)
            {
                _state = State.Disposed;
                if (!_leaveOpen)
                {
                    await _output.DisposeAsync().ConfigureAwait(false);
                }
            }

            await base.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        try
        {
            if (disposing && _state == State.Open)
            {
                Completed(CompleteAsync(async: false, CancellationToken.None));
            }
        }
        finally
        {
            if (disposing && _state != State.Disposed)
            {
                _state = State.Disposed;
                if (!_leaveOpen)
                {
                    _output.Dispose();
                }
            }

            base.Dispose(disposing);
        }
    }

    /// <summary>For a task that ran in its synchronous form and is therefore complete.</summary>
    private static void Completed(ValueTask task) => task.GetAwaiter().GetResult();

    private void ThrowIfNotOpen()
    {
        ObjectDisposedException.ThrowIf(_state == State.Disposed, this);
        if (_state != State.Open)
        {
            throw new InvalidOperationException(
                _state == State.Failed ? "An earlier write failed; the gzip stream cannot go on." : "The gzip stream is complete.");
        }
    }

    /// <summary>Returns what did not fit. A full block waits until more comes, for the last one is written differently.</summary>
    private ReadOnlySpan<byte> Fill(ReadOnlySpan<byte> buffer) => buffer[_unit!.Append(buffer)..];

    private ValueTask SubmitAsync(bool async, CancellationToken cancellationToken)
    {
        var unit = _unit!;
        _unit = unit.Next();
        Count(unit.Input);
        _queue.Enqueue(unit, help: true);
        return WriteUntilAsync(_queue.Capacity, async, cancellationToken);
    }

    private async ValueTask CompleteAsync(bool async, CancellationToken cancellationToken)
    {
        var unit = _unit!;
        _unit = null;
        Count(unit.Input);
        unit.End(_checksum.GetCurrentHashAsUInt32(), _length);

        // A stream of one unit starts no task: this thread would only wait for it.
        _queue.Enqueue(unit, help: _queue.Count > 0);
        await WriteUntilAsync(0, async, cancellationToken).ConfigureAwait(false);
        _state = State.Completed;
    }

    private void Count(ReadOnlySpan<byte> input)
    {
        _length += input.Length;
        _checksum.Append(input);
    }

    /// <summary>Writes the oldest units until no more than so many are under way.</summary>
    private async ValueTask WriteUntilAsync(int count, bool async, CancellationToken cancellationToken)
    {
        try
        {
            while (_queue.Count > count)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var unit = _queue.Oldest();
                if (async)
                {
                    await unit.Compressed.WaitAsync(cancellationToken).ConfigureAwait(false);
                    await _output.WriteAsync(unit.Output, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    unit.Compressed.GetAwaiter().GetResult();
                    _output.Write(unit.Output.Span);
                }

                _queue.Dequeue();
            }
        }
        catch
        {
            _state = State.Failed;
            _queue.Abandon();
            throw;
        }
    }
}
