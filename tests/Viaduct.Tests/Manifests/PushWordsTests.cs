using Microsoft.AspNetCore.Http;
using Viaduct.Manifests;

namespace Viaduct.Tests.Manifests;

/// <summary>What docker says of a manifest that a registry refuses, from what the registry says.</summary>
public sealed class PushWordsTests : IAsyncLifetime
{
    private PushBed _bed = null!;

    private string Host => _bed.Registry.Host;

    public async ValueTask InitializeAsync() => _bed = await PushBed.StartAsync();

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Theory]
    [InlineData(503, "", "received unexpected HTTP status: 503 Service Unavailable", "VIA3014")]
    [InlineData(500, "{\"errors\":[{\"code\":\"UNKNOWN\",\"message\":\"x\"}]}", "received unexpected HTTP status: 500 Internal Server Error", "VIA3014")]
    [InlineData(429, "{\"errors\":[{\"code\":\"TOOMANYREQUESTS\",\"message\":\"slow down\"}]}", "toomanyrequests: slow down", "VIA3011")]
    [InlineData(403, "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"requested access to the resource is denied\"}]}", "denied", "VIA3010")]
    [InlineData(403, "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"requested access to the resource is denied\",\"detail\":{}}]}", "denied: requested access to the resource is denied", "VIA3010")]
    [InlineData(400, "{\"errors\":[{\"code\":\"MANIFEST_BLOB_UNKNOWN\",\"message\":\"blob unknown to registry\",\"detail\":1},{\"code\":\"MANIFEST_BLOB_UNKNOWN\",\"message\":\"blob unknown to registry\",\"detail\":2}]}",
        "errors:\nmanifest blob unknown: blob unknown to registry\nmanifest blob unknown: blob unknown to registry\n", "VIA3015")]
    [InlineData(400, "{\"errors\":[{\"code\":\"QUOTA\",\"message\":\"no room\"}]}", "unknown: no room", "VIA3015")]
    [InlineData(400, "", "error parsing HTTP 400 response body: unexpected end of JSON input: \"\"", "VIA3015")]
    [InlineData(413, "{\"message\":\"nope\"}", "error parsing HTTP 413 response body: no error details found in HTTP response body: \"{\\\"message\\\":\\\"nope\\\"}\"", "VIA3013")]
    [InlineData(400, "<html>\n", "error parsing HTTP 400 response body: invalid character '<' looking for beginning of value: \"<html>\\n\"", "VIA3015")]
    [InlineData(403, "{\"details\":\"d  x\"}", "denied: d  x", "VIA3010")]
    [InlineData(401, "{\"message\":\"m\"}", "unauthorized: authentication required", "VIA3010")]
    public async Task A_manifest_that_is_refused_is_told_in_docker_s_words_and_then_in_ours(int status, string body, string words, string code)
    {
        var image = await ForeignListAsync();
        foreach (var (part, name) in new[] { ("/manifests/1", $"{Host}/target/app:1"), ("/manifests/sha256:", $"{Host}/target/app@{image.Descriptor.Digest}") })
        {
            _bed.Registry.Script = http => Refuses(http, "PUT", part) ? PushRegistry.AnswerAsync(http, status, body) : Task.FromResult(false);
            var e = await _bed.RefusedAsync<ManifestException>("target/app:1");
            Assert.Equal($"failed to put manifest {name}: {words}", e.Words);
            Assert.Equal(code, e.Code);
            Assert.True(e.HasMore);
            Assert.Contains($"(status {status}", e.Message);
            Assert.True(await _bed.HasListAsync("target/app:1"));
            _bed.Registry.Script = null;
            Assert.Null(await _bed.FindAsync("target/app:1"));
        }
    }

    /// <summary>As docker 28.5.2 says it: only what is said to be JSON is read as JSON.</summary>
    [Theory]
    [InlineData(413, "text/html", "<html>\n<b>a  b</b>", "unknown: <html>\n<b>a  b</b>")]
    [InlineData(403, "text/plain", "", "denied: ")]
    [InlineData(401, "text/plain", "no", "unauthorized: no")]
    [InlineData(429, "text/html", "slow", "toomanyrequests: slow")]
    [InlineData(400, "text/plain", "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"m\"}]}", "unknown: {\"errors\":[{\"code\":\"DENIED\",\"message\":\"m\"}]}")]
    [InlineData(403, "application/json; charset=utf-8", "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"m\"}]}", "denied: m")]
    public async Task A_body_that_is_not_said_to_be_JSON_is_the_message(int status, string type, string body, string words)
    {
        await ForeignListAsync();
        _bed.Registry.Script = http => Refuses(http, "PUT", "/manifests/1") ? PushRegistry.AnswerAsync(http, status, body, type) : Task.FromResult(false);
        Assert.Equal($"failed to put manifest {Host}/target/app:1: {words}", (await _bed.RefusedAsync<ManifestException>("target/app:1")).Words);
    }

    [Fact]
    public async Task A_message_is_whole_in_docker_s_words_and_without_signatures_in_ours()
    {
        await ForeignListAsync();
        var message = $"a  b\nsee https://h.example/x?sig=1 {new string('y', 300)}";
        _bed.Registry.Script = http => Refuses(http, "PUT", "/manifests/1") ? PushRegistry.AnswerErrorAsync(http, 403, "DENIED", message.Replace("\n", "\\n")) : Task.FromResult(false);
        var e = await _bed.RefusedAsync<ManifestException>("target/app:1");
        Assert.Equal($"failed to put manifest {Host}/target/app:1: denied: {message}", e.Words);
        Assert.Contains("DENIED: a b see https://h.example/x yyy", e.Message);
        Assert.DoesNotContain("sig=", e.Render());
    }

    private async Task<StoredManifest> ForeignListAsync()
    {
        var image = await _bed.ImageAsync("source/app:1");
        await _bed.ListAsync("target/app:1", [image]);
        return image;
    }

    private static bool Refuses(HttpContext http, string method, string part) => http.Request.Method == method && http.Request.Path.Value!.Contains(part, StringComparison.Ordinal);
}
