using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

/// <summary>What a caller catches: one exception with a kind, and more of it where there is more to know.</summary>
public sealed class FailureKindTests
{
    [Theory]
    [InlineData(400, "DIGEST_INVALID", FailureKind.Mismatch)]
    [InlineData(400, "MANIFEST_INVALID", FailureKind.Refused)]
    [InlineData(401, "UNAUTHORIZED", FailureKind.Denied)]
    [InlineData(403, "DENIED", FailureKind.Denied)]
    [InlineData(405, "UNSUPPORTED", FailureKind.Refused)]
    [InlineData(413, "SIZE_INVALID", FailureKind.TooLarge)]
    [InlineData(429, "TOOMANYREQUESTS", FailureKind.Throttled)]
    [InlineData(500, "UNKNOWN", FailureKind.Failed)]
    [InlineData(507, "UNKNOWN", FailureKind.Failed)]
    public async Task An_answer_has_the_kind_of_its_status(int status, string code, FailureKind kind)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerErrorAsync(status, code, "said so"));
        using var client = Samples.Client();
        var e = await Assert.ThrowsAsync<RegistryException>(() => client.Repository(registry).PushManifestAsync(Samples.Manifest, default));
        Assert.Equal((kind, status, code, "said so"), (e.Kind, e.Status, e.SaidCode, e.Said));
        Assert.StartsWith($"PUT {registry.Host}/v2/team/app/manifests/sha256:", e.Where);
        Assert.Equal(registry.Count("PUT", "/v2/"), e.Attempts);
    }

    // the header, and the seconds that it means by the clock of the registry
    [Theory]
    [InlineData("7200", 7200)]
    [InlineData("Mon, 01 Jan 2035 01:00:00 GMT", 3600)]
    [InlineData("Mon, 01 Jan 2035 00:00:00 GMT", 0)]
    [InlineData("soon", null)]
    [InlineData(null, null)]
    public async Task Who_is_throttled_learns_for_how_long(string? header, int? seconds)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http =>
            http.AnswerAsync(429, null, "", header is null ? [] : [("Retry-After", header), ("Date", "Mon, 01 Jan 2035 00:00:00 GMT")]));
        using var client = Samples.Client();
        var e = await Assert.ThrowsAsync<RegistryException>(() => client.Repository(registry).FindManifestAsync("v1", default));
        Assert.Equal((FailureKind.Throttled, seconds), (e.Kind, (int?)e.RetryAfter?.TotalSeconds));
    }

    [Fact]
    public async Task Content_that_is_named_and_not_there_is_absent_and_other_content_a_mismatch()
    {
        var blob = Samples.Blob(100);
        await using var registry = await ScriptedRegistry.StartAsync(http => http.Request.Path.Value!.EndsWith(blob.Descriptor.Digest.ToString(), StringComparison.Ordinal)
            ? http.AnswerAsync(200, new string('x', 100), "application/octet-stream") : http.AnswerErrorAsync(404, "BLOB_UNKNOWN"));
        using var client = Samples.Client();
        var repository = client.Repository(registry);
        Assert.Equal(FailureKind.Mismatch, (await Assert.ThrowsAnyAsync<ViaductException>(() => repository.ReadSmallBlobAsync(blob.Descriptor, 1000, default))).Kind);
        Assert.Equal(FailureKind.Absent, (await Assert.ThrowsAnyAsync<ViaductException>(() => repository.OpenBlobAsync(Samples.Blob(10).Descriptor, default))).Kind);
    }

    [Fact]
    public async Task Nobody_there_is_unreachable_and_a_page_for_people_against_the_protocol()
    {
        var gone = await ScriptedRegistry.StartAsync(_ => Task.CompletedTask);
        await gone.DisposeAsync();
        await using var portal = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(200, "<html/>", "text/html"));
        using var client = Samples.Client();
        Assert.Equal(FailureKind.Unreachable, (await Assert.ThrowsAsync<TransportException>(() => client.Repository(gone).FindManifestAsync("v1", default))).Kind);
        Assert.Equal(FailureKind.Protocol, (await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(portal).FindManifestAsync("v1", default))).Kind);
    }

    [Fact]
    public void The_kind_stays_when_a_failure_is_told_with_others()
    {
        var e = new ViaductException("VIA3012", "not found") { Kind = FailureKind.Absent };
        Assert.Equal(FailureKind.Absent, e.And(["another"]).Kind);
    }
}
