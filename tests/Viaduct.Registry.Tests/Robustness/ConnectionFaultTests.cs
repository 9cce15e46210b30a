using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests.Robustness;

/// <summary>Connections that end under their requests. The registries here speak TLS and offer HTTP/2.</summary>
public sealed class ConnectionFaultTests
{
    private readonly UploadBed _bed = new();
    private readonly HashSet<string> _met = [];
    private readonly ConcurrentBag<string> _protocols = [];

    /// <summary>Every request fails once.</summary>
    private async Task<ScriptedRegistry> StartAsync(string how) => await ScriptedRegistry.StartAsync(async http =>
    {
        bool first;
        _protocols.Add(http.Request.Protocol);
        var key = $"{http.Request.Method} {http.Request.Path}";
        lock (_met) first = _met.Add(key.Contains("/uploads/s", StringComparison.Ordinal) ? http.Request.Method : key);
        if (first && how == "GOAWAY") http.Features.Get<IConnectionLifetimeNotificationFeature>()!.RequestClose();
        else if (first && how == "cut")
        {
            // With all that share the connection.
            http.Features.Get<IConnectionLifetimeFeature>()!.Abort();
            return;
        }
        else if (first)
        {
            if (how == "in the middle of the body" && http.Request.ContentLength > 0) await http.Request.Body.ReadExactlyAsync(new byte[1000]);
            if (http.Features.Get<IHttpResetFeature>() is { } stream) stream.Reset(2);
            else http.Abort();
            return;
        }
        if (http.Request.Path.Value!.Contains("/manifests/")) await http.AnswerManifestAsync();
        else await _bed.HandleAsync(http);
    }, tls: true);

    private static RegistryClient Client() => new(new RegistryOptions { Clock = new TestClock(), Credentials = NoCredentials.Instance, Insecure = true });

    [Theory]
    [InlineData("GOAWAY")]
    [InlineData("reset")]
    [InlineData("cut")]
    [InlineData("in the middle of the body")]
    public async Task GOAWAY_or_stream_reset(string how)
    {
        await using var registry = await StartAsync(how);
        using var client = Client();
        var repository = client.Repository(registry);
        var found = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => repository.FindManifestAsync($"t{i}", default)));
        Assert.All(found, m => Assert.Equal(Samples.Manifest.Digest, m!.Digest));
        var blobs = Enumerable.Range(0, 3).Select(i => Samples.Blob(2 << 20, seed: 20 + i)).ToList();
        await Task.WhenAll(blobs.Select(b => repository.PushBlobAsync(b, default)));
        Assert.All(blobs, b => Assert.Equal(b.Descriptor.Size, _bed.Blobs[b.Descriptor.Digest].Length));
        await repository.TagAsync("v1", Samples.Manifest, default);
        Assert.Contains("HTTP/2", _protocols);
    }

    /// <summary>What ends every time is said to be unreachable.</summary>
    [Fact]
    public async Task Stream_reset_again_and_again()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            if (http.Features.Get<IHttpResetFeature>() is { } stream) stream.Reset(2);
            else http.Abort();
            return Task.CompletedTask;
        }, tls: true);
        using var client = Client();
        var error = await Assert.ThrowsAsync<TransportException>(() => client.Repository(registry).FindManifestAsync("v1", default));
        Assert.Equal(ExitCode.Unreachable, error.Exit);
        Assert.InRange(registry.Seen.Count, 2, 10);
    }
}
