using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests.Robustness;

/// <summary>Tokens that end, and clocks that differ.</summary>
public sealed class TokenTimeTests
{
    private static readonly Blob Large = Samples.Blob(3 << 20, seed: 6);
    private readonly UploadBed _bed = new();
    private int _issued;
    private int _bodiesWithoutToken;

    /// <summary>Takes the tokens from <paramref name="valid"/> on: t1, t2 …</summary>
    private async Task<ScriptedRegistry> StartAsync(Func<HttpContext, int> valid, string answer = "\"expires_in\":300")
    {
        ScriptedRegistry? self = null;
        self = await ScriptedRegistry.StartAsync(async http =>
        {
            if (http.Request.Path == "/token")
            {
                await http.AnswerAsync(200, $$"""{"token":"t{{Interlocked.Increment(ref _issued)}}",{{answer}}}""");
                return;
            }
            var shown = http.Request.Headers.Authorization.ToString();
            if (shown.StartsWith("Bearer t", StringComparison.Ordinal) && int.Parse(shown["Bearer t".Length..]) >= valid(http))
            {
                if (http.Request.Path.Value!.Contains("/manifests/")) await http.AnswerManifestAsync();
                else await _bed.HandleAsync(http);
                return;
            }
            if (shown.Length == 0 && http.Request.ContentLength > 0) Interlocked.Increment(ref _bodiesWithoutToken);
            await http.Request.Body.CopyToAsync(Stream.Null);
            await http.AnswerAsync(401, """{"errors":[{"code":"UNAUTHORIZED"}]}""", "application/json", ("WWW-Authenticate", $"Bearer realm=\"{self!.Url}/token\""));
        });
        return self;
    }

    /// <summary>Half of its time is over when the body has been sent: the commit of another session comes with a new token, unasked.</summary>
    [Fact]
    public async Task Expired_token_during_a_long_upload_is_seen_in_time()
    {
        var clock = new TestClock();
        var second = Samples.Blob(2 << 20, seed: 7);
        var refused = 0;
        _bed.Refuse = (http, word) =>
        {
            if (word == "POST") clock.Advance(TimeSpan.FromSeconds(299));
            return Task.FromResult(false);
        };
        await using var registry = await StartAsync(http =>
        {
            // The token that came with the POST is over by the time of the PUT.
            if (http.Request.Method == "PUT" && http.Request.Headers.Authorization == "Bearer t1") refused++;
            return http.Request.Method == "PUT" ? 2 : 1;
        });
        using var client = Samples.Client(clock);
        var repository = client.Repository(registry);
        await repository.PushBlobAsync(Large, default);
        await repository.PushBlobAsync(second, default);
        Assert.Equal(0, refused);
        Assert.Equal(2, _bed.Blobs.Count);
    }

    /// <summary>The registry thinks it over while the client does not: one new token, the body once more, and the push is done.</summary>
    [Fact]
    public async Task Expired_token_during_a_long_upload_is_renewed()
    {
        await using var registry = await StartAsync(http => http.Request.Method == "PUT" ? 2 : 1);
        using var client = Samples.Client();
        await client.Repository(registry).PushBlobAsync(Large, default);
        Assert.Equal(2, _issued);
        Assert.Equal((Large.Descriptor.Size, 1), (_bed.Blobs[Large.Descriptor.Digest].Length, _bed.Count("PUT")));
    }

    [Fact]
    public async Task Expired_token_that_is_never_good_enough()
    {
        await using var registry = await StartAsync(http => http.Request.Method == "PUT" ? int.MaxValue : 1);
        using var client = Samples.Client();
        var error = await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).PushBlobAsync(Large, default));
        Assert.Equal(("VIA3010", ExitCode.Denied), (error.Code, error.Exit));
        Assert.InRange(_issued, 2, 3);
    }

    /// <summary>The way in is found with a request that carries nothing.</summary>
    [Theory]
    [InlineData(3 << 20)]
    [InlineData(1000)]
    public async Task Unauthorized_before_the_body_was_read(int size)
    {
        await using var registry = await StartAsync(_ => 1);
        using var client = Samples.Client();
        await client.Repository(registry).PushBlobAsync(Samples.Blob(size, seed: 8), default);
        Assert.Equal((0, 1, 1), (_bodiesWithoutToken, _issued, _bed.Count("PUT")));
    }

    /// <summary>How long a token lives is counted from when it came, on a clock that nobody sets.</summary>
    [Theory]
    [InlineData("2000-01-01T00:00:00Z", 0)]
    [InlineData("2099-01-01T00:00:00Z", 0)]
    [InlineData("2000-01-01T00:00:00Z", 3650)]
    [InlineData("2099-01-01T00:00:00Z", -3650)]
    public async Task Clock_skew(string issuedAt, int daysThatTheClockIsSet)
    {
        var clock = new SetClock();
        await using var registry = await StartAsync(_ => 1, $"\"expires_in\":300,\"issued_at\":\"{issuedAt}\"");
        using var client = new RegistryClient(new RegistryOptions { Clock = clock, Credentials = NoCredentials.Instance });
        var repository = client.Repository(registry);
        Assert.NotNull(await repository.FindManifestAsync("v1", default));
        clock.Days = daysThatTheClockIsSet;
        clock.Passed = TimeSpan.FromSeconds(200);
        Assert.NotNull(await repository.FindManifestAsync("v1", default));
        Assert.Equal(1, _issued);
        clock.Passed = TimeSpan.FromSeconds(300);
        Assert.NotNull(await repository.FindManifestAsync("v1", default));
        Assert.Equal(2, _issued);
    }

    /// <summary>Time that passes, and a date that is set.</summary>
    private sealed class SetClock : TimeProvider
    {
        public int Days { get; set; }

        public TimeSpan Passed { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddDays(Days);

        public override long GetTimestamp() => System.GetTimestamp() + (long)(Passed.TotalSeconds * TimestampFrequency);
    }
}
