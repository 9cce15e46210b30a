using Viaduct.Execution;
using Viaduct.Oci;
using Viaduct.Reports;

namespace Viaduct.Copying;

/// <summary>Counts what flows, and says so a few times a second.</summary>
internal sealed class CopyMeter(IProgress<JobEvent>? progress, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly long _start = clock.GetTimestamp();
    private readonly Lock _lock = new();
    private readonly Dictionary<Digest, int> _open = [];
    private long _expected;
    private long _passed;
    private long _read;
    private long _said;

    public void Expect(long bytes) => Interlocked.Add(ref _expected, bytes);

    public void Report(string verb, string subject, string detail) => progress?.Report(new JobEvent(verb, subject, detail));

    public Stream Watch(Stream content, Digest blob)
    {
        if (progress is null) return content;
        lock (_lock) _open[blob] = _open.GetValueOrDefault(blob) + 1;
        return new WatchedStream(content, Count, () => Close(blob));
    }

    /// <summary>A blob is there. What was not sent, is not missing from the sum.</summary>
    public void Passed(Descriptor blob, bool wasSent)
    {
        if (!wasSent) Interlocked.Add(ref _passed, blob.Size);
    }

    public void Dispose()
    {
        if (progress is not null && _read > 0) Say();
    }

    private void Count(int bytes)
    {
        Interlocked.Add(ref _read, bytes);
        var (now, said) = (clock.GetTimestamp(), Volatile.Read(ref _said));
        if (clock.GetElapsedTime(said == 0 ? _start : said, now) >= Interval && Interlocked.CompareExchange(ref _said, now, said) == said) Say();
    }

    private void Say()
    {
        var seconds = Math.Max(0.001, clock.GetElapsedTime(_start).TotalSeconds);
        string open;
        lock (_lock)
            open = _open.Count == 0 ? "" : _open.Count == 1 ? _open.Keys.First().Short : $"{_open.Keys.First().Short} and {_open.Count - 1} more";
        progress?.Report(new JobEvent("copying", $"{ByteSize.Text(_read + _passed)} of {ByteSize.Text(Math.Max(_expected, _read + _passed))}, {ByteSize.Text((long)(_read / seconds))}/s", open) { IsPassing = true });
    }

    private void Close(Digest digest)
    {
        lock (_lock)
            if (--_open[digest] == 0) _open.Remove(digest);
    }
}
