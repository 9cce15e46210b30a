namespace Viaduct.Server;

/// <summary>
/// The one thread that changes names in the store. Changes never race, and those that wait while the disk is busy are made durable
/// together: a batch costs a flush of its files and a flush of its directories, however many requests it answers.
/// </summary>
/// <remarks>
/// The order is what makes an acknowledged write survive: bytes on the disk, then the name, then the directory on the disk, then the
/// answer. A crash in between leaves the old state, or the new one unacknowledged, never a name with half its bytes.
/// </remarks>
internal sealed class StoreWriter : IDisposable
{
    private readonly object _gate = new();
    private readonly string _root;
    private readonly bool _flush;
    private readonly Action<string> _flushDirectory;
    private readonly HashSet<string> _durable = new(StringComparer.Ordinal);
    private readonly FlushCrew _crew = new();
    private readonly Thread _thread;
    private List<StoreChange> _waiting = [];
    private bool _stopping;

    public StoreWriter(string root, EmbeddedRegistryOptions options)
    {
        _root = root;
        _flush = options.Flush;
        _flushDirectory = options.FlushDirectory;
        _thread = new Thread(Run) { IsBackground = true, Name = "registry store" };
        _thread.Start();
    }

    /// <summary>Ends when the change is durable.</summary>
    public Task CommitAsync(StoreChange change)
    {
        lock (_gate)
        {
            if (_stopping)
            {
                foreach (var file in change.Files) file.Dispose();
                throw new ObjectDisposedException(nameof(StoreWriter));
            }
            _waiting.Add(change);
            Monitor.Pulse(_gate);
        }
        return change.Done;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }
        _thread.Join();
        _crew.Dispose();
    }

    private void Run()
    {
        while (Next() is { } batch)
        {
            FlushFiles(batch);
            var touched = new TouchedDirectories(_root, _durable);
            foreach (var change in batch)
                if (change.Failure is null)
                    Try(() => change.Apply(touched), change);
            FlushDirectories(touched, batch);
            foreach (var change in batch) change.Complete();
        }
    }

    private List<StoreChange>? Next()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_stopping) return null;
                Monitor.Wait(_gate);
            }
            var batch = _waiting;
            _waiting = [];
            return batch;
        }
    }

    private void FlushFiles(List<StoreChange> batch)
    {
        var jobs = new List<Action>();
        foreach (var change in batch)
            foreach (var file in change.Files)
                jobs.Add(() => Try(() =>
                {
                    using (file)
                        if (_flush) RandomAccess.FlushToDisk(file);
                }, change));
        _crew.Run(jobs);
    }

    private void FlushDirectories(TouchedDirectories touched, List<StoreChange> batch)
    {
        if (!_flush) return;
        IOException? failure = null;
        _crew.Run([.. touched.Paths.Select<string, Action>(directory => () =>
        {
            try
            {
                _flushDirectory(directory);
            }
            catch (IOException e)
            {
                failure = e;
            }
        })]);
        if (failure is null)
        {
            _durable.UnionWith(touched.Paths);
            return;
        }
        _durable.ExceptWith(touched.Paths);
        foreach (var change in batch) change.Fail(failure);
    }

    private static void Try(Action action, StoreChange change)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            change.Fail(e);
        }
    }
}
