namespace Viaduct.Simulation;

/// <summary>client-go util/flowcontrol/throttle.go: full at first, filled by so many a second; zero a second is no limit.</summary>
internal sealed class TokenBucket(int perSecond, int burst)
{
    private double _tokens = burst;
    private TimeSpan _last;

    public bool TryTake(TimeSpan at)
    {
        if (perSecond == 0) return true;
        _tokens = Math.Min(burst, _tokens + ((at - _last).TotalSeconds * perSecond));
        _last = at;
        // As many as whole tokens: what is added up in parts may be short of one by a rounding.
        if (_tokens < 1 - 1e-9) return false;
        _tokens--;
        return true;
    }
}
