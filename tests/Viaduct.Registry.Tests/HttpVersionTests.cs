using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

public sealed class HttpVersionTests
{
    private static RegistryClient Client() => new(new RegistryOptions { Clock = new TestClock(), Credentials = NoCredentials.Instance, Insecure = true });

    [Fact]
    public async Task Small_requests_share_one_connection_and_blobs_have_their_own()
    {
        var seen = new ConcurrentQueue<(string Request, string Protocol, string Connection)>();
        var blob = Samples.Blob(100_000);
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            seen.Enqueue((http.Request.Method + (http.Request.Path.Value!.Contains("/blobs/sha") ? " blob" : ""), http.Request.Protocol, http.Connection.Id));
            if (http.Request.Method == "POST") await http.AnswerAsync(202, null, "", ("Location", "/upload/1"));
            else if (http.Request.Method == "PUT") await Uploads.TakeAsync(http, blob);
            else if (http.Request.Method == "HEAD") await http.AnswerAsync(404);
            else if (http.Request.Path.Value!.Contains("/blobs/")) await http.Response.Body.WriteAsync(Samples.Bytes(100_000));
            else await http.AnswerManifestAsync();
        }, tls: true);
        using var client = Client();
        var repository = client.Repository(registry);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => repository.FindManifestAsync($"v{i}", default)));
        await repository.PushBlobAsync(blob, default);
        await (await repository.OpenBlobAsync(blob.Descriptor, default)).CopyToAsync(Stream.Null);
        var small = seen.Where(s => s.Request is "GET" or "POST" or "HEAD blob").ToList();
        Assert.Equal(22, small.Count);
        Assert.All(small, s => Assert.Equal("HTTP/2", s.Protocol));
        Assert.Single(small.Select(s => s.Connection).Distinct());
        Assert.All(seen.Where(s => s.Request is "PUT" or "GET blob"), s => Assert.Equal("HTTP/1.1", s.Protocol));
        Assert.Equal(2, seen.Count(s => s.Protocol == "HTTP/1.1"));
    }

    [Theory]
    [InlineData("goaway")]
    [InlineData("reset")]
    [InlineData("abort")]
    public async Task What_ends_a_shared_connection_is_borne(string how)
    {
        var count = 0;
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            if (Interlocked.Increment(ref count) is not (6 or 14)) { await http.AnswerManifestAsync(); return; }
            switch (how)
            {
                case "goaway":
                    http.Features.Get<IConnectionLifetimeNotificationFeature>()!.RequestClose();
                    await http.AnswerManifestAsync();
                    break;
                case "reset":
                    http.Features.Get<IHttpResetFeature>()!.Reset(2);
                    break;
                default:
                    http.Features.Get<IConnectionLifetimeFeature>()!.Abort();
                    break;
            }
        }, tls: true);
        using var client = Client();
        var repository = client.Repository(registry);
        for (var i = 0; i < 4; i++)
            foreach (var found in await Task.WhenAll(Enumerable.Range(0, 4).Select(n => repository.FindManifestAsync($"v{n}", default)))) Assert.NotNull(found);
        Assert.True(count >= (how == "goaway" ? 16 : 18));
    }

    [Fact]
    public async Task A_request_that_is_always_reset_is_told_as_one_that_did_not_get_through()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            // Only the first try is on the shared connection.
            if (http.Features.Get<IHttpResetFeature>() is { } stream) stream.Reset(2);
            else http.Abort();
            return Task.CompletedTask;
        }, tls: true);
        using var client = Client();
        var e = await Assert.ThrowsAsync<TransportException>(() => client.Repository(registry).FindManifestAsync("v1", default));
        Assert.Equal(("VIA3001", FailureKind.Unreachable), (e.Code, e.Kind));
        Assert.EndsWith(" (tried 5 times)", e.Message);
    }
}
