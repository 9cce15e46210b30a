namespace Viaduct.Registry;

/// <summary>The one place that decides whether and when something is tried again.</summary>
internal sealed class RetryPolicy(TimeProvider clock)
{
    public const int MaxTries = 5;

    /// <summary>A registry that wants more patience than this is told about instead of waited for (Docker Hub's window is six hours).</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    public async Task<Answer> SendAsync(Call call, Func<Call, CancellationToken, Task<Answer>> next, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan wait;
            try
            {
                var answer = await next(call, cancellationToken).ConfigureAwait(false);
                answer.Attempts = attempt;
                var asked = answer.RetryAfter(clock);
                if (!call.Retry || attempt == MaxTries || !IsTransient(answer.Status) || asked > LongestWait)
                    return await ReadAsync(answer, call, cancellationToken).ConfigureAwait(false);
                wait = asked ?? Backoff(attempt);
                answer.Dispose();
            }
            catch (TransportException e)
            {
                if (!call.Retry || attempt >= e.Tries) throw e.After(attempt);
                wait = Backoff(attempt);
            }
            await WaitAsync(wait, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async ValueTask<Answer> ReadAsync(Answer answer, Call call, CancellationToken cancellationToken)
    {
        if (call.ReadLimit == 0 || answer.Status != 200) return answer;
        try
        {
            await answer.ReadAsync(call.ReadLimit, cancellationToken).ConfigureAwait(false);
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    /// <summary>Answers that may be another one next time; 499 and 522 come from proxies in front of registries.</summary>
    public static bool IsTransient(int status) => status is 408 or 429 or 499 or 500 or 502 or 503 or 504 or 522;

    /// <summary>A quarter of a second, then three times as long each, half of it by chance so that parallel tries part.</summary>
    public static TimeSpan Backoff(int attempt) =>
        TimeSpan.FromMilliseconds(250 * Math.Pow(3, attempt - 1) * (0.5 + Random.Shared.NextDouble() / 2));

    public Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken) => Task.Delay(wait, clock, cancellationToken);

    public TimeSpan? Asked(Answer answer) => answer.RetryAfter(clock) is { } wait && wait <= LongestWait ? wait : null;
}
