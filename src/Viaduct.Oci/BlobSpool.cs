namespace Viaduct.Oci;

/// <summary>
/// Where blobs live between being made and being pushed: small ones in memory as long as there is room, all others in temporary files
/// that only the owner can read. Disposing removes the files.
/// </summary>
/// <param name="directory">Of the temporary files; made when the first is needed.</param>
/// <param name="memoryLimit">Bytes of the largest blob that is kept in memory.</param>
/// <param name="memoryBudget">Bytes of all blobs that are kept in memory together.</param>
public sealed class BlobSpool(string directory, int memoryLimit = 1 << 20, long memoryBudget = 64L << 20) : IAsyncDisposable
{
    private readonly MemoryBudget _budget = new(memoryBudget);
    private readonly List<SpoolStream> _streams = [];
    private readonly Lock _lock = new();
    private bool _disposed;

    /// <summary>What blobs in memory take now.</summary>
    internal long MemoryUsed => _budget.Used;

    /// <summary>Begins a blob: a stream to write to, which can be opened for reading again and again after it is sealed.</summary>
    public SpoolStream Begin()
    {
        var stream = new SpoolStream(directory, memoryLimit, _budget);
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
