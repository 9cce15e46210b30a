using System.Net;
using Microsoft.AspNetCore.Http;

namespace Viaduct.TestSupport;

/// <summary>Passes requests on to the registry behind, and its answers back, as they are.</summary>
internal sealed class Relay : IDisposable
{
    // Of the connection and not of the message; the server sets its own.
    private static readonly string[] NotPassedOn = ["Transfer-Encoding", "Connection", "Keep-Alive"];

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    /// <param name="behind">Host and port.</param>
    /// <param name="query">With its question mark; in place of the request's own.</param>
    public async Task PassOnAsync(HttpContext context, string behind, string query)
    {
        var request = context.Request;
        using var on = new HttpRequestMessage(new HttpMethod(request.Method), $"http://{behind}{request.Path.ToUriComponent()}{query}");
        if (request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0) on.Content = new StreamContent(request.Body);
        foreach (var (name, value) in request.Headers)
            if (!NotPassedOn.Contains(name) && !on.Headers.TryAddWithoutValidation(name, value.ToArray())) on.Content?.Headers.TryAddWithoutValidation(name, value.ToArray());
        using var answer = await _client.SendAsync(on, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted).ConfigureAwait(false);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, value) in answer.Headers.Concat(answer.Content.Headers))
            if (!NotPassedOn.Contains(name)) context.Response.Headers[name] = value.ToArray();
        if (request.Method != "HEAD" && answer.StatusCode != HttpStatusCode.NoContent) await answer.Content.CopyToAsync(context.Response.Body).ConfigureAwait(false);
    }

    public void Dispose() => _client.Dispose();
}
