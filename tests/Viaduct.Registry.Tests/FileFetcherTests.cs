using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

/// <summary>Files that are no registry's.</summary>
public sealed class FileFetcherTests
{
    private static readonly byte[] Content = Samples.Bytes(200_000);

    private static async Task ServeAsync(HttpContext http) => await http.Response.Body.WriteAsync(Content);

    private static async Task<byte[]> FetchAsync(string address, TestClock? clock = null, long limit = FileFetcher.MaxSize)
    {
        using var output = new MemoryStream();
        await new FileFetcher(clock ?? new TestClock()).FetchAsync(new Uri(address), output, default, limit);
        return output.ToArray();
    }

    private static async Task<ViaductException> FailureAsync(string address, TestClock? clock = null, long limit = FileFetcher.MaxSize) =>
        await Assert.ThrowsAnyAsync<ViaductException>(() => FetchAsync(address, clock, limit));

    [Fact]
    public async Task Redirects_are_followed_and_no_credentials_are_sent()
    {
        await using var store = await ScriptedRegistry.StartAsync(ServeAsync);
        await using var server = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(302, null, "", ("Location", store.Url + "/signed?X=a%2Fb")));
        using var output = new MemoryStream();
        Assert.Equal(Content.Length, await new FileFetcher(TimeProvider.System).FetchAsync(new Uri(server.Url + "/f?q=1"), output, default));
        Assert.Equal(Content, output.ToArray());
        Assert.Equal(("/f?q=1", "/signed?X=a%2Fb"), (Assert.Single(server.Seen).Target, Assert.Single(store.Seen).Target));
        Assert.All(server.Seen.Concat(store.Seen), s => Assert.Equal((null, ""), (s.Authorization, s.Accept)));
    }

    [Theory]
    [InlineData("/again", "VIA3021")]
    [InlineData("ftp://e.example/f", "VIA3021")]
    [InlineData("http://169.254.169.254/latest", "VIA3021")]
    [InlineData("http://me:pw@e.example/f", "VIA3021")]
    public async Task Redirects_that_lead_nowhere_or_where_they_should_not_are_refused(string location, string code)
    {
        await using var server = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(302, null, "", ("Location", location)));
        Assert.Equal(code, (await FailureAsync(server.Url + "/again")).Code);
    }

    [Theory]
    [InlineData(401, "VIA3010")]
    [InlineData(404, "VIA3012")]
    [InlineData(204, "VIA3015")]
    [InlineData(503, "VIA3014")]
    public async Task Other_answers_are_named_without_the_query(int status, string code)
    {
        await using var server = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(status, null, ""));
        var error = await FailureAsync(server.Url + "/f?secret");
        Assert.Equal(code, error.Code);
        Assert.DoesNotContain("secret", error.Render());
        Assert.Equal(status == 503 ? 5 : 1, server.Seen.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task More_than_the_limit_is_not_read(bool announced)
    {
        await using var server = await ScriptedRegistry.StartAsync(async http =>
        {
            if (announced) http.Response.ContentLength = Content.Length;
            await ServeAsync(http);
        });
        Assert.Equal("VIA3031", (await FailureAsync(server.Url + "/f", limit: 100_000)).Code);
    }

    [Theory]
    [InlineData(9, null)]
    [InlineData(20, "VIA3002")]
    public async Task A_body_that_drips_has_failed(int minutes, string? code)
    {
        await using var server = await ScriptedRegistry.StartAsync(ServeAsync);
        var clock = new TestClock();
        using var output = new SlowOutput(clock, TimeSpan.FromMinutes(minutes));
        var fetching = new FileFetcher(clock).FetchAsync(new Uri(server.Url + "/f"), output, default);
        if (code is null)
        {
            Assert.Equal(Content.Length, await fetching);
            return;
        }
        var error = await Assert.ThrowsAnyAsync<ViaductException>(() => fetching);
        Assert.Equal((code, ExitCode.Unreachable), (error.Code, error.Exit));
        Assert.Contains("more slowly than 64 KiB a second", error.Message);
        Assert.InRange(output.Length, 1, Content.Length - 1);
    }

    [Fact]
    public async Task No_message_speaks_of_a_registry()
    {
        await using var server = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(302, null, "", ("Location", "http://10.0.0.1/f")));
        var moved = await FailureAsync(server.Url + "/f");
        Assert.Equal("VIA3021", moved.Code);
        Assert.EndsWith($"it is in a private network, and {new Uri(server.Url).Authority} is not", moved.Message);
        Assert.DoesNotContain("registry", moved.Render());
        Assert.DoesNotContain("registry", (await FailureAsync("http://127.0.0.1:1/f")).Render());
    }

    [Fact]
    public async Task A_body_that_stands_still_has_failed()
    {
        await using var server = await ScriptedRegistry.StartAsync(async http =>
        {
            http.Response.ContentLength = Content.Length;
            await http.Response.Body.WriteAsync(Content.AsMemory(0, 1000));
            await http.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        Assert.Equal("VIA3002", (await FailureAsync(server.Url + "/f", new TestClock { StallsComeAtOnce = true })).Code);
    }

    /// <summary>Time passes once, with the first bytes: no test waits for it.</summary>
    private sealed class SlowOutput(TestClock clock, TimeSpan passing) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Length == 0) clock.Advance(passing);
            await base.WriteAsync(buffer, cancellationToken);
        }
    }
}
