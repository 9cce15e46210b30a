namespace Viaduct.Registry;

/// <summary>Counts what one request moved and reports it when the request is over.</summary>
internal sealed class Receipt(Action<RequestTrace>? trace, TimeProvider clock, HttpMethod method, Uri target)
{
    private readonly long _start = clock.GetTimestamp();
    private long _bytes;
    private bool _closed;

    public void Sent(long bytes) => _bytes += bytes;

    public void Received(int bytes) => _bytes += bytes;

    public void Close(int status)
    {
        if (_closed) return;
        _closed = true;
        trace?.Invoke(new RequestTrace(method.Method, target.AbsolutePath, status, clock.GetElapsedTime(_start), _bytes));
    }
}
