namespace Viaduct.Server;

/// <summary>So many pulls in six hours for each account; the hours begin with the first pull.</summary>
internal sealed class PullQuota(long limit, TimeProvider clock)
{
    public const string Nobody = "anonymous";

    public static readonly TimeSpan Window = TimeSpan.FromHours(6);

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, (long Began, long Used, long Total)> _used = new(StringComparer.Ordinal);

    public long Limit => limit;

    /// <summary>Pulls of the whole run, by account.</summary>
    public IReadOnlyList<(string Account, long Pulls)> Totals
    {
        get
        {
            lock (_lock) return [.. _used.Select(u => (u.Key, u.Value.Total))];
        }
    }

    public bool Take(string account)
    {
        lock (_lock)
        {
            var (began, used, total) = Current(account);
            if (used >= limit) return false;
            _used[account] = (used == 0 ? clock.GetTimestamp() : began, used + 1, total + 1);
            return true;
        }
    }

    public void GiveBack(string account)
    {
        lock (_lock)
        {
            var (began, used, total) = Current(account);
            if (used > 0) _used[account] = (began, used - 1, total - 1);
        }
    }

    public long Remaining(string account)
    {
        lock (_lock) return limit - Current(account).Used;
    }

    /// <summary>Until there are pulls again.</summary>
    public TimeSpan Wait(string account)
    {
        lock (_lock) return Current(account) is { Used: > 0 } current ? Window - clock.GetElapsedTime(current.Began) : Window;
    }

    private (long Began, long Used, long Total) Current(string account) =>
        !_used.TryGetValue(account, out var now) ? default : clock.GetElapsedTime(now.Began) >= Window ? (0, 0, now.Total) : now;
}
