namespace Viaduct.Server;

/// <summary>
/// Waits for the disk many times at once. A flush is nearly all waiting, and a journalling file system answers flushes that come
/// together with one write of its journal: sixteen files take hardly longer than one, and ten times as long one after another
/// on a busy machine.
/// </summary>
/// <remarks>Not the thread pool: with two processors it has two threads, and they have requests to answer.</remarks>
internal sealed class FlushCrew : IDisposable
{
    private const int MaxHands = 15;

    private readonly SemaphoreSlim _wake = new(0);
    private readonly List<Thread> _hands = [];
    private volatile Round? _round;
    private volatile bool _stopping;

    /// <summary>Runs all jobs, in no order; they do not throw. Called by one thread alone.</summary>
    public void Run(IReadOnlyList<Action> jobs)
    {
        if (jobs.Count == 0) return;
        using var round = new Round(jobs);
        var help = Math.Min(jobs.Count - 1, MaxHands);
        if (help > 0)
        {
            _round = round;
            while (_hands.Count < help) Hire();
            _wake.Release(help);
        }
        round.Work();
        round.Wait();
    }

    public void Dispose()
    {
        _stopping = true;
        _wake.Release(Math.Max(1, _hands.Count));
        foreach (var hand in _hands) hand.Join();
    }

    private void Hire()
    {
        var hand = new Thread(Help) { IsBackground = true, Name = "registry flush" };
        _hands.Add(hand);
        hand.Start();
    }

    private void Help()
    {
        while (true)
        {
            _wake.Wait();
            if (_stopping) return;
            _round?.Work();
        }
    }

    private sealed class Round(IReadOnlyList<Action> jobs) : IDisposable
    {
        private readonly CountdownEvent _left = new(jobs.Count);
        private int _next = -1;

        /// <summary>Takes jobs until none is left; who comes late finds none.</summary>
        public void Work()
        {
            while (Interlocked.Increment(ref _next) is var index && index < jobs.Count)
            {
                jobs[index]();
                _left.Signal();
            }
        }

        public void Wait() => _left.Wait();

        public void Dispose() => _left.Dispose();
    }
}
