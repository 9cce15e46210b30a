using System.Diagnostics.CodeAnalysis;

namespace Viaduct.Oci.Compression;

/// <summary>
/// Units in their order, compressed by up to so many threads. The thread that fills the queue is one of them: it compresses
/// when it would have to wait, so that with one thread no task is started, and a starved thread pool costs speed alone.
/// </summary>
internal sealed class CompressionQueue(int threads)
{
    private readonly Lock _lock = new();
    private readonly Queue<CompressionUnit> _units = new();
    private readonly Queue<CompressionUnit> _waiting = new();
    private int _helpers;

    /// <summary>Units that may be under way: two a thread, so that none is idle while the oldest is written.</summary>
    public int Capacity { get; } = threads == 1 ? 0 : 2 * threads;

    public int Count => _units.Count;

    /// <param name="unit">The next unit.</param>
    /// <param name="help">Whether another thread may be asked to compress it.</param>
    public void Enqueue(CompressionUnit unit, bool help)
    {
        _units.Enqueue(unit);
        lock (_lock)
        {
            _waiting.Enqueue(unit);
            if (!help || _helpers == threads - 1)
            {
                return;
            }

            _helpers++;
        }

        _ = Task.Run(Help);
    }

    /// <summary>The oldest unit, perhaps not compressed yet; until it is, this thread compresses what no other has begun.</summary>
    public CompressionUnit Oldest()
    {
        var oldest = _units.Peek();
        while (!oldest.Compressed.IsCompleted && TryTake(out var unit))
        {
            unit.Compress();
        }

        return oldest;
    }

    /// <summary>Removes the oldest unit, which is written.</summary>
    public void Dequeue() => _units.Dequeue().Release();

    /// <summary>Drops all units. Those that a helper is busy with keep their memory until the collector takes it.</summary>
    public void Abandon()
    {
        lock (_lock)
        {
            _waiting.Clear();
        }

        _units.Clear();
    }

    private bool TryTake([NotNullWhen(true)] out CompressionUnit? unit)
    {
        lock (_lock)
        {
            return _waiting.TryDequeue(out unit);
        }
    }

    private void Help()
    {
        while (true)
        {
            CompressionUnit? unit;
            lock (_lock)
            {
                if (!_waiting.TryDequeue(out unit))
                {
                    // Under the lock, or a unit could be queued between the look and the leaving.
                    _helpers--;
                    return;
                }
            }

            unit.Compress();
        }
    }
}
