using System.Globalization;
using System.Net;

namespace Build.Release;

/// <summary>
/// What every request to GitHub goes through: the token reaches GitHub's own hosts alone, limits are waited for, and what only reads or says the same
/// twice is tried again. A POST is not: whoever makes it looks first whether it was carried out.
/// </summary>
internal sealed class GitHubHandler(Uri api, TimeProvider clock) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(20) })
{
    private const int Tries = 4;
    private const int MaxBytes = 32 << 20;

    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(100);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Authorization is not null && !IsGitHub(request.RequestUri!)) throw ReleaseErrors.OtherHost(request.RequestUri!.Host);
        // Octokit calls its JSON a form, which GitHub forgives and its own description of the API does not.
        if (request.Content?.Headers.ContentType is { MediaType: "application/x-www-form-urlencoded" } type) type.MediaType = "application/json";
        for (var tries = 1; ; tries++)
        {
            var (response, failure) = await TryAsync(request, cancellationToken);
            if (response is not null && WaitOf(response) is { } wait)
            {
                response.Dispose();
                if (wait > MaxWait || tries == Tries) throw ReleaseErrors.Limited(request.RequestUri!.AbsolutePath, wait);
                await Task.Delay(wait, clock, cancellationToken);
                continue;
            }
            var mayPass = failure is not null || response is { StatusCode: >= HttpStatusCode.InternalServerError };
            if (!mayPass || request.Method == HttpMethod.Post || tries == Tries) return response ?? throw failure!;
            response?.Dispose();
            await Task.Delay(TimeSpan.FromMilliseconds(250 << tries), clock, cancellationToken);
        }
    }

    private async Task<(HttpResponseMessage? Response, HttpRequestException? Failure)> TryAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(MaxTime);
        try
        {
            var response = await base.SendAsync(request, time.Token);
            await response.Content.LoadIntoBufferAsync(MaxBytes, time.Token);
            // An answer that was cut off would otherwise pass as a list of nothing.
            if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Created) || response.Content.Headers.ContentLength != 0) return (response, null);
            response.Dispose();
            return (null, new HttpRequestException("the answer is empty"));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, new HttpRequestException($"no answer within {MaxTime.TotalSeconds:0} seconds"));
        }
        catch (HttpRequestException e)
        {
            return (null, e);
        }
        catch (IOException e)
        {
            return (null, new HttpRequestException(e.Message, e));
        }
    }

    /// <summary>Uploads to github.com have a host of their own; an Enterprise Server has one for all.</summary>
    private bool IsGitHub(Uri address) =>
        address.Scheme == api.Scheme && ((address.Host == api.Host && address.Port == api.Port) || (api.Host == "api.github.com" && address is { Host: "uploads.github.com", IsDefaultPort: true }));

    /// <summary>docs.github.com, "Rate limits for the REST API": Retry-After where it is, else the time of X-RateLimit-Reset once nothing remains; a secondary limit without either is over in a minute.</summary>
    private TimeSpan? WaitOf(HttpResponseMessage response)
    {
        if (response.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests)) return null;
        if (response.Headers.RetryAfter is { } after) return Positive(after.Delta ?? after.Date - clock.GetUtcNow() ?? TimeSpan.FromMinutes(1));
        if (Number("X-RateLimit-Remaining") == 0 && Number("X-RateLimit-Reset") is { } reset) return Positive(DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(reset, 0, 1L << 36)) - clock.GetUtcNow());
        return response.StatusCode == HttpStatusCode.TooManyRequests ? TimeSpan.FromMinutes(1) : null;

        long? Number(string header) =>
            response.Headers.TryGetValues(header, out var values) && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

        static TimeSpan Positive(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
