using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Viaduct.Oci;

namespace Viaduct.Server;

/// <summary>An upload in the hands of one request.</summary>
internal sealed class UploadLease : IDisposable
{
    private readonly UploadStore _uploads;
    private readonly UploadSession _session;
    private readonly string _id;
    private readonly TimeProvider _clock;
    private SafeFileHandle? _file;
    private bool _gone;

    public UploadLease(UploadStore uploads, UploadSession session, string id, string path, TimeProvider clock)
    {
        _uploads = uploads;
        _session = session;
        _id = id;
        _clock = clock;
        Path = path;
        Length = new FileInfo(path).Length;
    }

    public string Path { get; }

    public long Length { get; private set; }

    private SafeFileHandle File => _file ??= System.IO.File.OpenHandle(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);

    /// <summary>Writes a body to the end of the file and hashes it on the way; what came before a failure stays.</summary>
    /// <exception cref="TimeoutException">Nothing came for too long.</exception>
    public async Task AppendAsync(PipeReader body, HashAlgorithmName algorithm, TimeSpan stall, CancellationToken cancellationToken)
    {
        _session.Continue(Length, algorithm);
        var segments = new List<ReadOnlyMemory<byte>>();
        while (true)
        {
            var result = await body.ReadOrStallAsync(stall, _clock, cancellationToken).ConfigureAwait(false);
            var buffer = result.Buffer;
            try
            {
                if (!buffer.IsEmpty)
                {
                    segments.Clear();
                    foreach (var segment in buffer) segments.Add(segment);
                    RandomAccess.Write(File, segments, Length);
                    foreach (var segment in segments) _session.Append(segment.Span);
                    Length += buffer.Length;
                }
            }
            finally
            {
                // After a failed write too: Kestrel reads the rest of the body before it answers, and cuts the connection when it cannot.
                body.AdvanceTo(buffer.End);
            }
            if (result.IsCompleted) return;
        }
    }

    /// <summary>Drops what came after a place.</summary>
    public void Truncate(long length)
    {
        if (Length == length) return;
        _session.Forget();
        RandomAccess.SetLength(File, length);
        Length = length;
    }

    public bool Matches(Digest digest)
    {
        var algorithm = digest.HashAlgorithm();
        if (Length == 0) _session.Continue(0, algorithm);
        if (_session.Hash is { } hash && _session.Hashed == Length && hash.AlgorithmName == algorithm)
            return Convert.ToHexStringLower(hash.GetCurrentHash()) == digest.Hex;
        return HashOfFile(algorithm) == digest.Hex;
    }

    /// <summary>Gives the file away to be flushed, closed and moved; the upload ends with that.</summary>
    public async Task CommitAsync(BlobStore blobs, RepositoryName repository, Digest digest)
    {
        var file = File;
        _file = null;
        await blobs.AddAsync(repository, digest, Path, file).ConfigureAwait(false);
        _gone = true;
    }

    public void Cancel()
    {
        _file?.Dispose();
        _file = null;
        System.IO.File.Delete(Path);
        _gone = true;
    }

    public void Dispose()
    {
        _file?.Dispose();
        if (_gone) _uploads.Forget(_id, _session);
        _session.Gate.Release();
    }

    private string HashOfFile(HashAlgorithmName algorithm)
    {
        using var hash = IncrementalHash.CreateHash(algorithm);
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
        try
        {
            for (long offset = 0; RandomAccess.Read(File, buffer, offset) is > 0 and var read; offset += read)
                hash.AppendData(buffer.AsSpan(0, read));
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
