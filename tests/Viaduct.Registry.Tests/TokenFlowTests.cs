using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

public sealed class TokenFlowTests
{
    private static readonly Credential Alice = new("alice", "alice-pw");

    /// <summary>A registry that takes the tokens for which <paramref name="accepts"/> is true, and its token service.</summary>
    private static async Task<ScriptedRegistry> StartAsync(
        Func<HttpContext, int, Task> issue, Func<string, bool> accepts, string? realm = null, string scope = "repository:team/app:pull")
    {
        ScriptedRegistry? self = null;
        var issued = 0;
        self = await ScriptedRegistry.StartAsync(async http =>
        {
            if (http.Request.Path == "/token")
            {
                await issue(http, Interlocked.Increment(ref issued));
                return;
            }
            var shown = http.Request.Headers.Authorization.ToString();
            if (shown.StartsWith("Bearer ", StringComparison.Ordinal) && accepts(shown[7..])) await http.AnswerManifestAsync();
            else await http.AnswerAsync(401, """{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}""", "application/json",
                ("WWW-Authenticate", $"Bearer realm=\"{realm ?? self!.Url + "/token"}\",service=\"test\",scope=\"{scope}\""));
        });
        return self;
    }

    [Theory]
    [InlineData("""{"token":"good"}""", true)]
    [InlineData("""{"access_token":"good"}""", true)]
    [InlineData("""{"token":"","access_token":"good"}""", true)]
    [InlineData("""{"token":"good","access_token":"bad"}""", true)]
    [InlineData("""{"token":"good","expires_in":300,"issued_at":"1990-01-01T00:00:00Z"}""", true)]
    [InlineData("""{}""", false)]
    [InlineData("""[]""", false)]
    [InlineData("""{"token":17}""", false)]
    [InlineData("""{"token":"go\r\nX-Evil: od"}""", false)]
    [InlineData("""not json""", false)]
    public async Task A_token_comes_in_either_field_and_nothing_else_is_one(string answer, bool works)
    {
        await using var registry = await StartAsync((http, _) => http.AnswerAsync(200, answer), t => t == "good");
        using var client = Samples.Client();
        var finding = client.Repository(registry).FindManifestAsync("v1", default);
        if (works) Assert.Equal(Samples.Manifest.Digest, (await finding)!.Digest);
        else Assert.Equal("VIA3020", (await Assert.ThrowsAnyAsync<ViaductException>(() => finding)).Code);
        Assert.Equal(1, registry.Count("GET", "/token"));
    }

    [Fact]
    public async Task The_token_request_carries_service_scope_and_the_credentials_of_this_registry()
    {
        await using var registry = await StartAsync((http, _) => http.AnswerAsync(200, """{"token":"good"}"""), t => t == "good");
        using var client = Samples.Client(credentials: new TestCredentials((registry.Host, Alice)));
        await client.Repository(registry).FindManifestAsync("v1", default);
        var asked = Assert.Single(registry.Seen, s => s.Target.StartsWith("/token"));
        Assert.Equal("/token?service=test&scope=repository:team/app:pull", asked.Target);
        Assert.Equal("Basic YWxpY2U6YWxpY2UtcHc=", asked.Authorization);
        Assert.Null(registry.Seen.First().Authorization);
    }

    [Theory]
    [InlineData("""{"token":"good","expires_in":300}""", 280, 1)]
    [InlineData("""{"token":"good","expires_in":300}""", 295, 2)]
    [InlineData("""{"token":"good"}""", 40, 1)]
    [InlineData("""{"token":"good"}""", 55, 2)]
    [InlineData("""{"token":"good","expires_in":0}""", 40, 1)]
    [InlineData("""{"token":"good","expires_in":-5}""", 40, 1)]
    [InlineData("""{"token":"good","expires_in":1e300}""", 3600, 1)]
    [InlineData("""{"token":"good","expires_in":3}""", 2, 1)]
    [InlineData("""{"token":"good","expires_in":3}""", 3, 2)]
    public async Task A_token_is_used_until_shortly_before_its_end_and_renewed_unasked(string answer, int secondsLater, int tokens)
    {
        var clock = new TestClock();
        await using var registry = await StartAsync((http, _) => http.AnswerAsync(200, answer), t => t == "good");
        using var client = Samples.Client(clock);
        await client.Repository(registry).FindManifestAsync("v1", default);
        clock.Advance(TimeSpan.FromSeconds(secondsLater));
        await client.Repository(registry).FindManifestAsync("v1", default);
        Assert.Equal(tokens, registry.Count("GET", "/token"));
        Assert.Equal(3, registry.Count("GET", "/v2/"));
    }

    [Fact]
    public async Task A_cached_token_that_is_refused_is_renewed_once()
    {
        var current = 1;
        await using var registry = await StartAsync((http, n) => http.AnswerAsync(200, $$"""{"token":"t{{n}}"}"""), t => t == "t" + current);
        using var client = Samples.Client();
        var repository = client.Repository(registry);
        await repository.FindManifestAsync("v1", default);
        current = 2;
        await repository.FindManifestAsync("v1", default);
        Assert.Equal(2, registry.Count("GET", "/token"));
    }

    [Fact]
    public async Task A_registry_that_takes_no_token_is_not_asked_for_ever()
    {
        await using var registry = await StartAsync((http, n) => http.AnswerAsync(200, $$"""{"token":"t{{n}}"}"""), _ => false);
        using var client = Samples.Client();
        var e = await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).FindManifestAsync("v1", default));
        Assert.Equal(("VIA3010", ExitCode.Denied), (e.Code, e.Exit));
        Assert.StartsWith("absent or not allowed (status 401: UNAUTHORIZED: authentication required", e.Message);
        Assert.True(registry.Count("GET", "/token") <= 2);
        Assert.True(registry.Count("GET", "/v2/") <= 3);
    }

    [Fact]
    public async Task Many_requests_at_once_need_one_token_and_one_401()
    {
        await using var registry = await StartAsync(async (http, _) => { await Task.Delay(50); await http.AnswerAsync(200, """{"token":"good"}"""); }, t => t == "good");
        using var client = Samples.Client();
        var repositories = Enumerable.Range(0, 14).Select(i => client.Repository(registry, $"team/app{i}")).ToArray();
        await Task.WhenAll(repositories.Select(r => r.FindManifestAsync("v1", default)));
        var asked = Assert.Single(registry.Seen, s => s.Target.StartsWith("/token"));
        Assert.Equal(15, asked.Target.Split("scope=").Length - 1); // the challenge's own is the fifteenth
        Assert.Equal(15, registry.Count("GET", "/v2/"));
    }

    [Fact]
    public async Task A_service_that_refuses_the_union_is_asked_for_each_alone()
    {
        await using var registry = await StartAsync(
            (http, _) => http.Request.Query["scope"].Count > 1 ? http.AnswerAsync(403, """{"message":"access forbidden"}""") : http.AnswerAsync(200, """{"token":"good"}"""),
            t => t == "good", scope: "repository:team/one:pull");
        using var client = Samples.Client();
        var (one, two) = (client.Repository(registry, "team/one"), client.Repository(registry, "team/two"));
        Assert.NotNull(await one.FindManifestAsync("v1", default));
        Assert.NotNull(await two.FindManifestAsync("v1", default));
    }

    [Theory]
    [InlineData(401, 4)]
    [InlineData(403, 4)]
    [InlineData(400, 4)]
    [InlineData(302, 1)]
    [InlineData(503, 5)]
    public async Task A_token_service_that_does_not_help_is_said_to_be_it(int status, int exit)
    {
        await using var registry = await StartAsync((http, _) => http.AnswerAsync(status, """{"details":"no luck"}""", "application/json", ("Location", "/elsewhere")), t => t == "good");
        using var client = Samples.Client(credentials: new TestCredentials((registry.Host, Alice)));
        var e = await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).FindManifestAsync("v1", default));
        Assert.Equal((ExitCode)exit, e.Exit);
        Assert.Contains("/token", e.Where);
        Assert.DoesNotContain("alice-pw", e.Render());
        Assert.Equal(0, registry.Count("GET", "/elsewhere"));
    }

    [Fact]
    public async Task A_token_service_that_hangs_up_is_asked_as_often_as_anything_and_no_more()
    {
        await using var service = await ScriptedRegistry.StartAsync(http => { http.Abort(); return Task.CompletedTask; });
        await using var registry = await StartAsync((_, _) => Task.CompletedTask, _ => false, service.Url + "/token");
        using var client = Samples.Client();
        var e = await Assert.ThrowsAsync<TransportException>(() => client.Repository(registry).FindManifestAsync("v1", default));
        Assert.Equal((5, 1), (service.Seen.Count, registry.Seen.Count));
        Assert.Equal(2, e.Message.Split("(tried 5 times)").Length);
    }

    [Theory]
    [InlineData("http://10.1.2.3/token")]
    [InlineData("http://169.254.169.254/token")]
    [InlineData("http://[fe80::1]/token")]
    [InlineData("http://[::ffff:10.0.0.1]/token")]
    [InlineData("http://user:pw@127.0.0.1/token")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.1/token")]
    [InlineData("/token")]
    public async Task A_realm_that_is_not_the_registrys_to_name_is_refused_before_it_is_asked(string realm)
    {
        var credentials = new TestCredentials();
        await using var registry = await StartAsync((http, _) => http.AnswerAsync(200, """{"token":"good"}"""), t => t == "good", realm);
        using var client = Samples.Client(credentials: credentials);
        var e = await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).FindManifestAsync("v1", default));
        Assert.Equal("VIA3022", e.Code);
        Assert.Equal(0, credentials.Asked);
    }

    [Fact]
    public async Task A_token_service_on_another_port_gets_the_credentials_and_only_there_does_it_redirect_to_nowhere()
    {
        await using var witness = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(200, """{"token":"good"}"""));
        await using var service = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(307, null, "", ("Location", witness.Url + "/token")));
        await using var registry = await StartAsync((_, _) => Task.CompletedTask, t => t == "good", service.Url + "/token");
        using var client = Samples.Client(credentials: new TestCredentials((registry.Host, Alice)));
        var e = await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).FindManifestAsync("v1", default));
        Assert.Equal("VIA3021", e.Code);
        Assert.NotNull(Assert.Single(service.Seen).Authorization);
        Assert.Empty(witness.Seen);
    }

    [Theory]
    [InlineData(200, "POST")]
    [InlineData(404, "POST GET")]
    [InlineData(405, "POST GET")]
    [InlineData(401, "POST GET")]
    public async Task An_identity_token_is_posted_and_falls_back_to_a_GET(int postStatus, string methods)
    {
        var form = "";
        await using var registry = await StartAsync(async (http, _) =>
        {
            if (http.Request.Method == "POST") form = (await http.Request.ReadFormAsync())["refresh_token"].ToString();
            await http.AnswerAsync(http.Request.Method == "POST" ? postStatus : 200, """{"access_token":"good"}""");
        }, t => t == "good");
        using var client = Samples.Client(credentials: new TestCredentials((registry.Host, new Credential("alice", "") { IdentityToken = "refresh+me" })));
        Assert.NotNull(await client.Repository(registry).FindManifestAsync("v1", default));
        Assert.Equal(methods, string.Join(' ', registry.Seen.Where(s => s.Target.StartsWith("/token")).Select(s => s.Method)));
        Assert.Equal("refresh+me", form);
    }

    [Fact]
    public async Task A_service_that_takes_only_POST_gets_the_password_by_POST()
    {
        await using var registry = await StartAsync((http, _) => http.AnswerAsync(http.Request.Method == "POST" ? 200 : 405, """{"access_token":"good"}"""), t => t == "good");
        using var client = Samples.Client(credentials: new TestCredentials((registry.Host, Alice)));
        Assert.NotNull(await client.Repository(registry).FindManifestAsync("v1", default));
    }

    // the password that the token service takes next, and the one that is found by then: whether a second request comes in, and tokens that were asked for
    [Theory]
    [InlineData("new", "new", true, 3)]
    [InlineData("new", "old", false, 2)]
    [InlineData("new", "wrong", false, 3)]
    [InlineData("new", null, false, 2)]
    public async Task A_credential_that_the_token_service_refuses_is_looked_for_again(string taken, string? found, bool works, int tokens)
    {
        var (clock, right) = (new TestClock(), new Credential("alice", "old"));
        await using var registry = await StartAsync(
            (http, _) => http.AnswerAsync(http.Request.Headers.Authorization == right.ToBasic()!.ToString() ? 200 : 401, """{"token":"good","expires_in":300}"""), t => t == "good");
        var credentials = new ChangingCredentials { Now = right };
        using var client = Samples.Client(clock, credentials: credentials);
        var repository = client.Repository(registry);
        Assert.NotNull(await repository.FindManifestAsync("v1", default));
        (right, credentials.Now) = (new Credential("alice", taken), found is null ? null : new Credential("alice", found));
        clock.Advance(TimeSpan.FromHours(1));
        if (works) Assert.NotNull(await repository.FindManifestAsync("v1", default));
        else Assert.Equal("VIA3010", (await Assert.ThrowsAnyAsync<ViaductException>(() => repository.FindManifestAsync("v1", default))).Code);
        Assert.Equal(tokens, registry.Count("GET", "/token"));
    }

    [Fact]
    public async Task A_token_of_sixteen_megabytes_is_not_read()
    {
        await using var registry = await StartAsync(async (http, _) =>
        {
            http.Response.ContentType = "application/json";
            for (var i = 0; i < 16; i++) await http.Response.Body.WriteAsync(new byte[1 << 20]);
        }, t => t == "good");
        using var client = Samples.Client();
        var e = await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).FindManifestAsync("v1", default));
        Assert.Equal("VIA3031", e.Code);
    }

    [Fact]
    public async Task A_401_without_a_challenge_is_looked_up_at_the_root()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http =>
            http.Request.Headers.Authorization.Count > 0 ? http.AnswerManifestAsync()
            : http.Request.Path == "/v2/" ? http.AnswerAsync(401, null, "", ("WWW-Authenticate", "Basic realm=\"x\""))
            : http.AnswerAsync(401));
        using var client = Samples.Client(credentials: new TestCredentials((registry.Host, Alice)));
        Assert.NotNull(await client.Repository(registry).FindManifestAsync("v1", default));
    }

    [Fact]
    public async Task Basic_is_sent_after_the_challenge_and_unasked_from_then_on()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http =>
            http.Request.Headers.Authorization == "Basic Y2Fyb2w6cDpzcy93QHJkIMOp" ? http.AnswerManifestAsync()
            : http.AnswerAsync(401, null, "", ("WWW-Authenticate", "Basic realm=\"x\"")));
        var credentials = new TestCredentials((registry.Host, new Credential("carol", "p:ss/w@rd é")));
        using var client = Samples.Client(credentials: credentials);
        var repository = client.Repository(registry);
        for (var i = 0; i < 3; i++) Assert.NotNull(await repository.FindManifestAsync("v1", default));
        Assert.Equal(4, registry.Seen.Count);
        Assert.Equal(1, credentials.Asked);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task A_wrong_password_or_none_is_denied_without_a_loop(bool has, int requests)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(401, null, "", ("WWW-Authenticate", "Basic realm=\"x\"")));
        using var client = Samples.Client(credentials: has ? new TestCredentials((registry.Host, Alice)) : NoCredentials.Instance);
        var e = await Assert.ThrowsAnyAsync<ViaductException>(() => client.Repository(registry).FindManifestAsync("v1", default));
        Assert.Equal(ExitCode.Denied, e.Exit);
        Assert.Equal(requests, registry.Seen.Count);
    }

    private sealed class ChangingCredentials : ICredentialSource
    {
        public Credential? Now { get; set; }

        public ValueTask<Credential?> FindAsync(string registry, CancellationToken cancellationToken) => new(Now);
    }
}
