namespace Viaduct.Registry;

/// <summary>The one place that decides whether and when something is tried again.</summary>
/// <param name="pace">Of the registry that is asked; null where nothing else is asked of whom it is.</param>
internal sealed class RetryPolicy(TimeProvider clock, Pace? pace = null)
{
    public const int MaxTries = 5;

    /// <summary>A registry that wants more patience than this is told about instead of waited for (Docker Hub's window is six hours).</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>In sum for one request: a limit of a few requests a minute passes within this, a quota of hours does not.</summary>
    public static readonly TimeSpan LongestWaits = TimeSpan.FromMinutes(5);

    public async Task<Answer> SendAsync(Call call, Func<Call, CancellationToken, Task<Answer>> next, CancellationToken cancellationToken)
    {
        var allowance = new Allowance();
        for (int attempt = 1, failures = 0; ; attempt++)
        {
            Pause pause;
            try
            {
                var answer = await next(call, cancellationToken).ConfigureAwait(false);
                answer.Attempts = attempt;
                if (!call.Retry || !IsTransient(answer.Status) || answer.RetryAfter(clock) > LongestWait)
                    return await ReadAsync(answer, call, cancellationToken).ConfigureAwait(false);
                pause = After(answer, failures + 1);
                if (pause.IsAsked ? !allowance.Covers(pause) : ++failures == MaxTries) return answer;
                answer.Dispose();
            }
            catch (TransportException e)
            {
                if (!call.Retry || ++failures >= e.Tries) throw e.After(attempt);
                pause = After(failures);
                // Whoever shared the connection would share the next one too, and its end: every request of theirs may end it.
                call = call with { IsApart = true };
            }
            await WaitAsync(pause, cancellationToken).ConfigureAwait(false);
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

    /// <summary>A quarter of a second, then three times as long each up to a quarter of a minute, half of it by chance so that parallel tries part.</summary>
    public static TimeSpan Backoff(int attempt) =>
        TimeSpan.FromMilliseconds(Math.Min(250 * Math.Pow(3, attempt - 1), 15_000) * (0.5 + Random.Shared.NextDouble() / 2));

    public static Pause After(int attempt) => new(Backoff(attempt));

    /// <summary>As long as the registry asks, if it does and that is not too long; "now" and a time that has passed are no invitation to hurry.</summary>
    public Pause After(Answer answer, int attempt)
    {
        var backoff = After(attempt);
        if (answer.RetryAfter(clock) is not { Ticks: > 0 } wait || wait > LongestWait) return backoff;
        var length = wait > backoff.Length ? wait : backoff.Length;
        return answer.Status is 429 or 503 ? new Pause(length, IsAsked: true, pace?.Concerns(answer.Uri) == true) : new Pause(length);
    }

    public async Task WaitAsync(Pause pause, CancellationToken cancellationToken)
    {
        if (!pause.IsForAll)
        {
            await WaitAsync(pause.Length, cancellationToken).ConfigureAwait(false);
            return;
        }
        pace!.HoldFor(pause.Length);
        await pace.PassAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken) => Task.Delay(wait, clock, cancellationToken);
}
