using System.Security.Cryptography;

namespace Viaduct.Oci;

/// <summary>
/// Reads content and holds it to its descriptor: the read that would complete other bytes fails, so that a reader who takes exactly
/// the size and looks no further is protected too; more bytes than the size fail at once, fewer at the end. A failure stays.
/// The descriptor decides, never a header of the answer.
/// </summary>
public sealed class VerifyingStream(Stream inner, Descriptor expected) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(
        expected.Digest.Algorithm == "sha256" ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA512);
    private readonly Stream _inner = inner;
    private long _read;
    private bool _checked;
    private ViaductException? _failure;

    /// <summary>
    /// The content for a receiver that hashes what it gets, as a registry has to (distribution-spec, "Pushing blobs": DIGEST_INVALID). A file of this
    /// machine is not hashed before: it was two thirds of the work of a push, and the registry finds a damaged one as well. What comes over a network
    /// stays held to its descriptor, so that who garbled it is blamed and not who receives it.
    /// </summary>
    public static Stream ForReceiver(Stream content)
    {
        if (content is not VerifyingStream { _inner: FileStream file, _read: 0 } given) return content;
        given._hash.Dispose();
        return file;
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => expected.Size;
    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer) => Account(buffer[.._inner.Read(buffer)], buffer.Length);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await _inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        return Account(buffer.Span[..count], buffer.Length);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    private int Account(Span<byte> bytes, int asked)
    {
        if (_failure is not null) throw _failure;
        _read += bytes.Length;
        if (_read > expected.Size)
            throw Fail(bytes, $"more than {expected.Size} bytes came");
        if (bytes.Length == 0 && asked > 0 && _read < expected.Size)
            throw Fail(bytes, $"only {_read} of {expected.Size} bytes came");
        if (_checked) return bytes.Length;
        _hash.AppendData(bytes);
        if (_read == expected.Size && asked > 0)
        {
            _checked = true;
            var found = Convert.ToHexStringLower(_hash.GetHashAndReset());
            if (found != expected.Digest.Hex)
                throw Fail(bytes, $"the bytes hash to {found}");
        }
        return bytes.Length;
    }

    private ViaductException Fail(Span<byte> bytes, string found)
    {
        bytes.Clear();
        return _failure = OciErrors.ContentMismatch(expected.Digest, found);
    }

    public override async ValueTask DisposeAsync()
    {
        _hash.Dispose();
        await _inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            _inner.Dispose();
        }
        base.Dispose(disposing);
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
