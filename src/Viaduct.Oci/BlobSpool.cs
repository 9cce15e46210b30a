namespace Viaduct.Oci;

/// <summary>
/// Where blobs live between being made and being pushed: small ones in memory, large ones in a temporary file that only the owner can read.
/// Disposing removes the files.
/// </summary>
public sealed class BlobSpool(string directory, int memoryLimit = 1 << 20) : IAsyncDisposable
{
    private readonly List<SpoolStream> _streams = [];
    private readonly Lock _lock = new();
    private bool _disposed;

    /// <summary>Begins a blob: a stream to write to, which can be opened for reading again and again after it is sealed.</summary>
    public SpoolStream Begin()
    {
        var stream = new SpoolStream(directory, memoryLimit);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _streams.Add(stream);
        }
        return stream;
    }

    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (var stream in _streams) stream.Delete();
            _streams.Clear();
        }
        return ValueTask.CompletedTask;
    }
}
