namespace Viaduct.Registry;

/// <summary>A connection on which TLS is to be spoken: ends with <see cref="NoTlsException"/> when the first thing that comes is no TLS record.</summary>
internal sealed class TlsOnlyStream(Stream inner) : Stream
{
    private const int Header = 5;

    private bool _begun;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _begun || buffer.IsEmpty ? inner.ReadAsync(buffer, cancellationToken) : BeginAsync(buffer, cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override ValueTask DisposeAsync() => inner.DisposeAsync();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<int> BeginAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (count > 0 && !IsRecord(buffer.Span[0])) throw new NoTlsException(await IsHttpAsync(buffer[..count], cancellationToken).ConfigureAwait(false));
        _begun = true;
        return count;
    }

    /// <summary>RFC 8446, 5.1: change_cipher_spec, alert, handshake, application_data.</summary>
    private static bool IsRecord(byte first) => first is >= 20 and <= 23;

    /// <summary>As Go tells HTTP: by as many bytes as a record's header has (net/http transport.go, tls.RecordHeaderError).</summary>
    private async ValueTask<bool> IsHttpAsync(ReadOnlyMemory<byte> came, CancellationToken cancellationToken)
    {
        var header = new byte[Header];
        var count = Math.Min(came.Length, Header);
        came[..count].CopyTo(header);
        await inner.ReadAtLeastAsync(header.AsMemory(count), Header - count, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return header.AsSpan().SequenceEqual("HTTP/"u8);
    }
}
