namespace Viaduct.Oci.Tests.Compression;

/// <summary>Takes so many bytes and then no more.</summary>
internal sealed class FailingStream(int failsAfter) : Stream
{
    public const string Message = "No space left on device";
    private int _failsAfter = failsAfter;
    private bool _disposed;

    public int Written { get; private set; }

    public Action? OnWrite { get; init; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => !_disposed;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public void Works() => _failsAfter = int.MaxValue;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length > _failsAfter - Written)
        {
            throw new IOException(Message);
        }

        Written += buffer.Length;
        OnWrite?.Invoke();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        Write(buffer.Span);
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _disposed = true;
        base.Dispose(disposing);
    }
}
