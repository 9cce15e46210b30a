using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

public sealed class RetryTests
{
    [Theory]
    [InlineData(408, true)]
    [InlineData(429, true)]
    [InlineData(499, true)]
    [InlineData(500, true)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    [InlineData(522, true)]
    [InlineData(400, false)]
    [InlineData(403, false)]
    [InlineData(405, false)]
    [InlineData(406, false)]
    [InlineData(416, false)]
    [InlineData(501, false)]
    public async Task Only_what_may_change_is_tried_again(int status, bool again)
    {
        var count = 0;
        await using var registry = await ScriptedRegistry.StartAsync(http => Interlocked.Increment(ref count) < 3 ? http.AnswerErrorAsync(status, "X") : http.AnswerManifestAsync());
        using var client = Samples.Client();
        var finding = client.Repository(registry).FindManifestAsync("v1", default);
        if (again) Assert.NotNull(await finding);
        else await Assert.ThrowsAnyAsync<ViaductException>(() => finding);
        Assert.Equal(again ? 3 : 1, count);
    }

    [Fact]
    public async Task Five_tries_with_growing_waits_are_all()
    {
        var clock = new TestClock();
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerErrorAsync(503, "UNAVAILABLE", "come back"));
        using var client = Samples.Client(clock);
        var e = await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).FindManifestAsync("v1", default));
        Assert.Equal(("VIA3014", ExitCode.Unreachable), (e.Code, e.Exit));
        Assert.EndsWith("failed (status 503, tried 5 times: UNAVAILABLE: come back)", e.Message);
        Assert.Equal(5, registry.Seen.Count);
        var waits = clock.Waits.ToArray();
        Assert.Equal(4, waits.Length);
        for (var i = 0; i < 4; i++) Assert.InRange(waits[i].TotalMilliseconds, 125 * Math.Pow(3, i), 250 * Math.Pow(3, i));
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("0", 0)]
    [InlineData("date", 20)]
    public async Task Retry_After_is_obeyed_in_seconds_and_as_a_date(string header, int seconds)
    {
        var clock = new TestClock();
        var count = 0;
        await using var registry = await ScriptedRegistry.StartAsync(http => Interlocked.Increment(ref count) > 1 ? http.AnswerManifestAsync()
            : http.AnswerAsync(429, null, "", ("Retry-After", header == "date" ? clock.GetUtcNow().AddSeconds(20).ToString("R") : header)));
        using var client = Samples.Client(clock);
        Assert.NotNull(await client.Repository(registry).FindManifestAsync("v1", default));
        if (seconds > 0) Assert.InRange(Assert.Single(clock.Waits).TotalSeconds, seconds - 2, seconds);
    }

    [Fact]
    public async Task A_wait_of_hours_is_told_instead_of_waited()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(429, "You have reached your pull rate limit. https://x/y?secret=1", "text/plain", ("Retry-After", "21600")));
        using var client = Samples.Client();
        var e = await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).FindManifestAsync("v1", default));
        Assert.Equal("VIA3011", e.Code);
        Assert.Contains("pull rate limit", e.Message);
        Assert.Contains("21600 s", e.Todo);
        Assert.DoesNotContain("secret", e.Render());
        Assert.Single(registry.Seen);
    }

    [Fact]
    public async Task A_connection_that_is_reset_is_tried_again()
    {
        var count = 0;
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            if (Interlocked.Increment(ref count) > 2) return http.AnswerManifestAsync();
            http.Abort();
            return Task.CompletedTask;
        });
        using var client = Samples.Client();
        Assert.NotNull(await client.Repository(registry).FindManifestAsync("v1", default));
        Assert.True(count >= 3);
    }

    [Fact]
    public async Task A_manifest_that_breaks_off_is_asked_for_again()
    {
        var count = 0;
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            if (Interlocked.Increment(ref count) > 1) { await http.AnswerManifestAsync(); return; }
            http.Response.ContentType = MediaTypes.OciIndex;
            http.Response.ContentLength = Samples.ManifestBytes.Length;
            await http.Response.Body.WriteAsync(Samples.ManifestBytes.AsMemory(0, 10));
            await http.Response.Body.FlushAsync();
            http.Abort();
        });
        using var client = Samples.Client();
        Assert.NotNull(await client.Repository(registry).FindManifestAsync("v1", default));
    }

    [Fact]
    public async Task A_closed_port_is_said_at_once()
    {
        var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var address = listener.LocalEndpoint.ToString()!;
        listener.Stop();
        var clock = new TestClock();
        using var client = Samples.Client(clock);
        var e = await Assert.ThrowsAsync<TransportException>(() => client.Repository(Reference.Parse(address + "/a/b")).FindManifestAsync("v1", default));
        Assert.Equal(("VIA3001", ExitCode.Unreachable), (e.Code, e.Exit));
        Assert.Equal($"VIA3001: GET {address}/v2/a/b/manifests/v1: {address} cannot be reached: connection refused", e.Render().Split('\n')[0]);
        Assert.Empty(clock.Waits);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_silent_registry_is_given_up_and_a_caller_who_cancels_is_obeyed(bool cancel)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }));
        using var client = Samples.Client(new TestClock { StallsComeAtOnce = !cancel });
        using var source = new CancellationTokenSource(cancel ? 100 : -1);
        var finding = client.Repository(registry).FindManifestAsync("v1", source.Token);
        if (cancel) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => finding);
        else Assert.Equal("VIA3002", (await Assert.ThrowsAsync<TransportException>(() => finding)).Code);
    }

    [Fact]
    public async Task What_is_not_HTTP_is_named_so()
    {
        var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var serving = Task.Run(async () =>
        {
            using var socket = await listener.AcceptSocketAsync();
            await socket.ReceiveAsync(new byte[4096]);
            await socket.SendAsync("SSH-2.0-OpenSSH_9.2\r\n\r\n"u8.ToArray());
        });
        using var client = Samples.Client();
        var e = await Assert.ThrowsAsync<TransportException>(() => client.Repository(Reference.Parse(listener.LocalEndpoint + "/a/b")).FindManifestAsync("v1", default));
        Assert.Equal("VIA3004", e.Code);
        await serving;
        listener.Stop();
    }
}
