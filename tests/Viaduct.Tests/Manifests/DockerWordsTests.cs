using Viaduct.Manifests;
using Viaduct.Oci;
using Viaduct.Registry;

namespace Viaduct.Tests.Manifests;

/// <summary>What docker says of reads that fail, from what our client says of them.</summary>
public sealed class DockerWordsTests : IAsyncLifetime
{
    private static readonly Digest Nothing = Digest.Sha256([]);

    private PushBed _bed = null!;

    private string Host => _bed.Registry.Host;

    public async ValueTask InitializeAsync() => _bed = await PushBed.StartAsync();

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    [Theory]
    [InlineData(401, "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"authentication required\",\"detail\":null}]}", "no such manifest: {0}/app:1", "VIA3010")]
    [InlineData(401, "", "no such manifest: {0}/app:1", "VIA3010")]
    [InlineData(403, "<html>", "no such manifest: {0}/app:1", "VIA3010")]
    [InlineData(403, "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"no\"}]}", "denied: no", "VIA3010")]
    [InlineData(400, "{\"errors\":[{\"code\":\"NAME_UNKNOWN\",\"message\":\"no\"}]}", "no such manifest: {0}/app:1", "VIA3015")]
    [InlineData(429, "{\"errors\":[{\"code\":\"TOOMANYREQUESTS\",\"message\":\"You have reached your pull rate limit.\"}]}", "toomanyrequests: You have reached your pull rate limit.", "VIA3011")]
    [InlineData(429, "{\"errors\":[{\"code\":\"TOOMANYREQUESTS\",\"message\":\"too many requests\"}]}", "toomanyrequests", "VIA3011")]
    [InlineData(429, "{\"details\":\"slowly\"}", "toomanyrequests: slowly", "VIA3011")]
    [InlineData(500, "", "received unexpected HTTP status: 500 Internal Server Error", "VIA3014")]
    [InlineData(502, "<html>", "received unexpected HTTP status: 502 Bad Gateway", "VIA3014")]
    public async Task An_answer_has_docker_s_words_and_ours(int status, string body, string words, string code)
    {
        _bed.Registry.Script = http => PushRegistry.AnswerAsync(http, status, body);
        var e = await ReadAsync();
        Assert.Equal((words.Replace("{0}", Host), code), (e.Words, e.Code));
        Assert.StartsWith($"GET {Host}/v2/app/manifests/1: ", e.Message);
        Assert.Contains($"(status {status}", e.Message);
        Assert.True(e.HasMore);
    }

    [Fact]
    public async Task A_page_for_people_is_passed_over_as_docker_does()
    {
        _bed.Registry.Script = http => PushRegistry.AnswerAsync(http, 200, "<html>", "text/html");
        var e = await ReadAsync();
        Assert.Equal(($"no such manifest: {Host}/app:1", "VIA3020"), (e.Words, e.Code));
    }

    [Theory]
    [InlineData("insufficient_scope", "errors:\ndenied: requested access to the resource is denied\nunauthorized: authentication required\n")]
    [InlineData("invalid_token", "no such manifest: {0}/app:1")]
    public async Task What_a_challenge_calls_an_error_comes_first(string error, string words)
    {
        _bed.Registry.Script = http =>
        {
            if (http.Request.Path == "/token") return PushRegistry.AnswerAsync(http, 200, "{\"token\":\"t\"}");
            http.Response.Headers.WWWAuthenticate = $"Bearer realm=\"http://{Host}/token\",service=\"s\",scope=\"repository:app:pull\",error=\"{error}\"";
            return PushRegistry.AnswerAsync(http, 401, "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"authentication required\",\"detail\":[]}]}");
        };
        Assert.Equal(words.Replace("{0}", Host), (await ReadAsync()).Words);
    }

    [Fact]
    public async Task No_credentials_and_a_token_that_is_refused_are_failures_of_the_request()
    {
        _bed.Registry.Script = http =>
        {
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"x\"";
            return PushRegistry.AnswerErrorAsync(http, 401, "UNAUTHORIZED", "authentication required");
        };
        Assert.Equal($"Get \"http://{Host}/v2/app/manifests/1\": no basic auth credentials", (await ReadAsync()).Words);
        Assert.Equal($"no such manifest: {Host}/app:1", (await ReadAsync(credentials: new Known())).Words);

        _bed.Registry.Script = http =>
        {
            http.Response.Headers.WWWAuthenticate = $"Bearer realm=\"http://{Host}/token\"";
            return PushRegistry.AnswerErrorAsync(http, 401, "UNAUTHORIZED", "wrong password");
        };
        Assert.Equal($"Get \"http://{Host}/v2/app/manifests/1\": unauthorized: wrong password", (await ReadAsync()).Words);
    }

    [Fact]
    public async Task A_config_that_is_not_there_is_an_unknown_blob()
    {
        var e = await ReadAsync(c => c.OpenBlobAsync(new Descriptor(MediaTypes.OciConfig, Nothing, 0), default));
        Assert.Equal(("unknown blob", "VIA3012"), (e.Words, e.Code));
    }

    [Fact]
    public async Task Connections_that_do_not_come_about_are_what_docker_s_ping_meets()
    {
        var closed = PushBed.ClosedHost();
        Assert.Equal($"failed to configure transport: error pinging v2 registry: Get \"https://{closed}/v2/\": dial tcp {closed}: connect: connection refused", (await ReadAsync(host: closed)).Words);
        // Go names the address that it tried.
        Assert.Matches(@"dial tcp (127\.0\.0\.1|\[::1\]):" + closed.Split(':')[1] + ": connect", (await ReadAsync(host: "localhost:" + closed.Split(':')[1])).Words);
    }

    [Fact]
    public async Task A_registry_that_speaks_plain_HTTP_is_passed_over_by_reads_and_named_by_pushes()
    {
        // It is this machine all the same, but by no name of it: so it is spoken to by HTTPS.
        var name = Reference.Parse($"0.0.0.0:{Host.Split(':')[1]}/app:1");
        using var client = _bed.Client();
        var e = await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(name).FindManifestAsync("1", default));
        Assert.Equal($"no such manifest: {name}", Assert.IsType<ManifestException>(DockerWords.OfRead(e, name)).Words);
        var put = Assert.IsType<ManifestException>(DockerWords.OfPut(e, name));
        Assert.Equal($"failed to configure transport: error pinging v2 registry: Get \"https://{name.Registry}/v2/\": http: server gave HTTP response to HTTPS client", put.Words);
        Assert.Equal("VIA3003", put.Code);
    }

    /// <summary>As docker 28.5.2 says it of such servers.</summary>
    [Theory]
    [InlineData(CertificateFaultKind.Expired, "2021-01-01", "127.0.0.1", "127.0.0.1", "certificate has expired or is not yet valid: current time 2026-11-23T17:32:53Z is after 2021-01-01T00:00:00Z")]
    [InlineData(CertificateFaultKind.Expired, "2041-01-01", "127.0.0.1", "127.0.0.1", "certificate has expired or is not yet valid: current time 2026-11-23T17:32:53Z is before 2040-01-01T00:00:00Z")]
    [InlineData(CertificateFaultKind.OtherName, "2041-01-01", "a.example b.example", "127.0.0.1", "cannot validate certificate for 127.0.0.1 because it doesn't contain any IP SANs")]
    [InlineData(CertificateFaultKind.OtherName, "2041-01-01", "a.example b.example", "localhost", "certificate is valid for a.example, b.example, not localhost")]
    [InlineData(CertificateFaultKind.OtherName, "2041-01-01", "a 10.0.0.1", "127.0.0.1", "certificate is valid for 10.0.0.1, not 127.0.0.1")]
    [InlineData(CertificateFaultKind.OtherName, "2041-01-01", "a 10.0.0.1", "localhost", "certificate is valid for a, not localhost")]
    [InlineData(CertificateFaultKind.OtherName, "2041-01-01", "", "localhost", "certificate is not valid for any names, but wanted to match localhost")]
    [InlineData(CertificateFaultKind.Untrusted, "2041-01-01", "localhost", "localhost", "certificate signed by unknown authority")]
    public void Each_fault_of_a_certificate_has_words_of_its_own(CertificateFaultKind kind, string until, string names, string host, string words)
    {
        var end = DateTimeOffset.Parse(until + "Z", System.Globalization.CultureInfo.InvariantCulture);
        var fault = new CertificateFault(kind, end.AddYears(-1), end, names.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(words, DockerWords.OfCertificate(fault, host, new DateTimeOffset(2026, 11, 23, 17, 32, 53, TimeSpan.Zero)));
    }

    [Fact]
    public void What_docker_has_no_words_for_stays_as_it_is()
    {
        var e = new ViaductException("VIA3040", "broken", "config.json");
        foreach (var same in new[] { DockerWords.OfRead(e, _bed.Name("a")), DockerWords.OfPut(e, _bed.Name("a")), DockerWords.OfMount(e, "a@b", _bed.Name("a")) }) Assert.Same(e, same);
    }

    private Task<ManifestException> ReadAsync(Func<RepositoryClient, Task>? read = null, string? host = null, ICredentialSource? credentials = null) =>
        ReadAsync(Reference.Parse($"{host ?? Host}/app:1"), read ?? (c => c.FindManifestAsync("1", default)), credentials);

    private async Task<ManifestException> ReadAsync(Reference name, Func<RepositoryClient, Task> read, ICredentialSource? credentials)
    {
        using var client = _bed.Client(credentials);
        var e = await Assert.ThrowsAnyAsync<ViaductException>(() => read(client.Repository(name)));
        return Assert.IsType<ManifestException>(DockerWords.OfRead(e, name));
    }

    private sealed class Known : ICredentialSource
    {
        public ValueTask<Credential?> FindAsync(string registry, CancellationToken cancellationToken) => new(new Credential("u", "p"));
    }
}
