namespace Viaduct.Build.Engines.Connections;

/// <summary>
/// Answers that Docker.DotNet reads into memory as a whole are JSON of some kilobytes and come soon; logs and images are streams, and of any length.
/// </summary>
internal sealed class AnswerBound(HttpMessageHandler inner, TimeSpan patience) : DelegatingHandler(inner)
{
    private const long MostBytes = 16 << 20;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!IsSmall(request) && !IsOrder(request)) return await BoundedAsync(request, cancellationToken).ConfigureAwait(false);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(patience);
        try
        {
            return await BoundedAsync(request, limited.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"no answer within {patience.TotalSeconds:0} seconds", e);
        }
    }

    private async Task<HttpResponseMessage> BoundedAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.IsSuccessStatusCode && !IsSmall(request)) return answer;
        try
        {
            await answer.Content.LoadIntoBufferAsync(MostBytes, cancellationToken).ConfigureAwait(false);
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    /// <summary>Something that is done at once: a name is given or taken away.</summary>
    private static bool IsOrder(HttpRequestMessage request) =>
        request.Method == HttpMethod.Delete || (request.Method == HttpMethod.Post && request.RequestUri?.AbsolutePath.EndsWith("/tag", StringComparison.Ordinal) == true);

    private static bool IsSmall(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get && request.RequestUri?.AbsolutePath is { } path
        && (path.EndsWith("/version", StringComparison.Ordinal) || path.EndsWith("/info", StringComparison.Ordinal) || path.EndsWith("/json", StringComparison.Ordinal));
}
