using System.Text;

namespace Viaduct.Server.Tests.Personalities;

public sealed class AuthenticationTests
{
    // the first answer to who shows nothing, at /v2/ and elsewhere
    [Theory]
    [InlineData("ghcr", "Bearer realm=\"http://{0}/token\",service=\"ghcr.io\"", ",scope=\"repository:team/app:pull\"")]
    [InlineData("hub", "Bearer realm=\"http://{0}/token\",service=\"registry.docker.io\"", ",scope=\"repository:team/app:pull\"")]
    [InlineData("quay", "Bearer realm=\"http://{0}/v2/auth\",service=\"quay.io\"", ",scope=\"repository:team/app:pull\"")]
    [InlineData("harbor", "Bearer realm=\"http://{0}/service/token\",service=\"harbor-registry\"", ",scope=\"repository:team/app:pull\"")]
    [InlineData("artifactory", "Bearer realm=\"http://{0}/v2/token\",service=\"artifactory\"", ",scope=\"repository:team/app:pull\"")]
    [InlineData("gar", "Bearer realm=\"http://{0}/v2/token\",service=\"pkg.dev\"", null)]
    [InlineData("ecr", "Basic realm=\"http://{0}/\",service=\"ecr.amazonaws.com\"", "")]
    public async Task A_challenge_says_where_the_way_in_is(string name, string ping, string? more)
    {
        await using var registry = await PlayedRegistry.StartAsync(name);
        registry.Authorization = null;
        using var pong = await registry.SendAsync("GET", "/v2/");
        Assert.Equal((401, string.Format(null, ping, registry.Address)), ((int)pong.StatusCode, pong.Header("WWW-Authenticate")));
        using var real = await registry.SendAsync("GET", "/v2/team/app/manifests/v1");
        Assert.Equal((401, more is null ? null : string.Format(null, ping, registry.Address) + more), ((int)real.StatusCode, real.Header("WWW-Authenticate")));
        Assert.Equal("UNAUTHORIZED", await real.ErrorAsync());
    }

    // scope that was asked for, by whom, request: answer
    [Theory]
    [InlineData("ghcr", "repository:team/app:pull", true, "GET", "404 MANIFEST_UNKNOWN")]
    [InlineData("ghcr", "repository:team/app:pull", false, "GET", "404 MANIFEST_UNKNOWN")]
    [InlineData("ghcr", "repository:team/app:pull", true, "PUT", "401 UNAUTHORIZED")]
    [InlineData("ghcr", "repository:team/app:pull,push", false, "PUT", "401 UNAUTHORIZED")]
    [InlineData("ghcr", "repository:team/app:pull,push", true, "PUT", "400 MANIFEST_INVALID")]
    [InlineData("ghcr", "repository:team/app:*", true, "PUT", "400 MANIFEST_INVALID")]
    [InlineData("ghcr", "repository:team/other:pull,push", true, "PUT", "401 UNAUTHORIZED")]
    [InlineData("quay", "repository:team/app:pull,push,delete", true, "GET", "401 UNAUTHORIZED")]
    [InlineData("quay", "repository:team/app:delete", true, "DELETE", "401 UNAUTHORIZED")]
    [InlineData("quay", "repository:team/app:*", true, "DELETE", "404 MANIFEST_UNKNOWN")]
    [InlineData("quay", "repository:team/app:pull,push", true, "DELETE", "404 MANIFEST_UNKNOWN")]
    [InlineData("harbor", "repository:team/app:pull,push", true, "DELETE", "401 UNAUTHORIZED")]
    [InlineData("harbor", "repository:team/app:delete", true, "DELETE", "404 UNKNOWN")]
    public async Task A_token_opens_what_its_scope_says(string name, string scope, bool asAccount, string method, string answer)
    {
        await using var registry = await PlayedRegistry.StartAsync(name);
        registry.Authorization = "Bearer " + await registry.TokenAsync(scope, asAccount ? registry.Basic : null);
        Assert.Equal(answer, await registry.AnswerAsync(method, "/v2/team/app/manifests/v1", method == "PUT" ? "x"u8.ToArray() : null));
    }

    [Theory]
    [InlineData("ghcr", "anybody:rehearsal", 200)]
    [InlineData("ghcr", "viaduct:wrong", 401)]
    [InlineData("ghcr", null, 200)]
    [InlineData("hub", "viaduct:rehearsal", 200)]
    [InlineData("hub", "anybody:rehearsal", 401)]
    [InlineData("hub", null, 200)]
    [InlineData("quay", null, 200)]
    [InlineData("harbor", "robot$viaduct:rehearsal", 200)]
    [InlineData("harbor", null, 200)]
    [InlineData("gar", null, 401)]
    [InlineData("gar", "oauth2accesstoken:rehearsal", 200)]
    [InlineData("artifactory", null, 401)]
    public async Task Tokens_are_for_those_who_are_known(string name, string? account, int status)
    {
        await using var registry = await PlayedRegistry.StartAsync(name);
        registry.Authorization = account is null ? null : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(account));
        using var answer = await registry.SendAsync("GET", registry.TokenPath + "?scope=repository:team/app:pull");
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("gar", 404)]
    [InlineData("artifactory", 401)]
    [InlineData("ghcr", 200)]
    [InlineData("harbor", 200)]
    public async Task Not_every_service_takes_a_POST(string name, int status)
    {
        await using var registry = await PlayedRegistry.StartAsync(name);
        registry.Authorization = null;
        var form = Encoding.UTF8.GetBytes($"grant_type=password&username={Uri.EscapeDataString(registry.Rehearsal.Accounts[0].Name)}&password=rehearsal&scope=repository%3Ateam%2Fapp%3Apull");
        using var answer = await registry.SendAsync("POST", registry.TokenPath, form, ("Content-Type", "application/x-www-form-urlencoded"));
        Assert.Equal(status, (int)answer.StatusCode);
    }

    // what is posted with the right password in it: answer
    [Theory]
    [InlineData("application/x-www-form-urlencoded", "", 0, "200")]
    [InlineData("Application/X-WWW-Form-URLEncoded; charset=utf-8", "&a=1", 1000, "200")]
    [InlineData("application/x-www-form-urlencoded", "&a=1", 1025, "400 UNSUPPORTED")]
    [InlineData("application/x-www-form-urlencoded", "&long=1", 64 << 10, "413 UNSUPPORTED")]
    [InlineData("text/plain", "", 0, "401 UNAUTHORIZED")]
    [InlineData("multipart/form-data; boundary=x", "", 0, "401 UNAUTHORIZED")]
    public async Task A_form_for_a_token_is_short_and_plain(string type, string more, int times, string answer)
    {
        await using var registry = await PlayedRegistry.StartAsync("harbor");
        registry.Authorization = null;
        var form = "grant_type=password&username=robot%24viaduct&password=rehearsal" + string.Concat(Enumerable.Repeat(more, times));
        if (type.StartsWith("multipart", StringComparison.Ordinal))
            form = string.Concat(form.Split('&').Select(f => $"--x\r\nContent-Disposition: form-data; name={f.Split('=')[0]}\r\n\r\n{Uri.UnescapeDataString(f.Split('=')[1])}\r\n")) + "--x--\r\n";
        foreach (var transfer in new[] { ("X-Nothing", "x"), ("Transfer-Encoding", "chunked") })
            Assert.Equal(answer, await registry.AnswerAsync("POST", registry.TokenPath, Encoding.UTF8.GetBytes(form), ("Content-Type", type), transfer));
    }

    [Theory]
    [InlineData("AWS:rehearsal", "404 MANIFEST_UNKNOWN")]
    [InlineData("AWS:wrong", "401 UNAUTHORIZED")]
    [InlineData("viaduct:rehearsal", "401 UNAUTHORIZED")]
    public async Task ECR_knows_AWS_and_no_tokens(string account, string answer)
    {
        await using var registry = await PlayedRegistry.StartAsync("ecr");
        registry.Authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(account));
        Assert.Equal(answer, await registry.AnswerAsync("GET", "/v2/team/app/manifests/v1"));
        registry.Authorization = "Bearer rehearsal";
        Assert.Equal("401 UNAUTHORIZED", await registry.AnswerAsync("GET", "/v2/"));
    }

    [Fact]
    public async Task A_token_lives_for_five_minutes()
    {
        var clock = new TestClock();
        await using var registry = await PlayedRegistry.StartAsync("hub", clock: clock);
        clock.Advance(TimeSpan.FromSeconds(299));
        Assert.Equal("200", await registry.AnswerAsync("GET", "/v2/"));
        clock.Advance(TimeSpan.FromSeconds(1));
        using var late = await registry.SendAsync("GET", "/v2/");
        Assert.Contains("error=\"invalid_token\"", late.Header("WWW-Authenticate"));
    }
}
