using System.Text;
using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

public sealed class CredentialLoginTests
{
    private static readonly Credential Alice = new("alice", "right");

    private static readonly string Right = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("alice:right"));

    private static Task<bool> AskAsync(ScriptedRegistry registry, Credential credential) =>
        LoginCheck.AskAsync(registry.Host, credential, new RegistryOptions { Clock = new TestClock(), Credentials = NoCredentials.Instance }, default);

    private static Task BasicAsync(HttpContext http) => http.Request.Headers.Authorization == Right
        ? http.AnswerAsync(200, "{}")
        : http.AnswerAsync(401, """{"errors":[{"code":"UNAUTHORIZED","message":"no"}]}""", headers: ("WWW-Authenticate", "Basic realm=\"r\""));

    private static async Task TokensAsync(HttpContext http)
    {
        if (http.Request.Path == "/token")
        {
            if (http.Request.Method == "POST")
                await http.AnswerAsync(http.Request.Form["refresh_token"] == "idt" ? 200 : 401, """{"access_token":"t"}""");
            else
                await http.AnswerAsync(http.Request.Headers.Authorization == Right ? 200 : 401, """{"token":"t"}""");
            return;
        }
        if (http.Request.Headers.Authorization == "Bearer t") await http.AnswerAsync(200, "{}");
        else await http.AnswerAsync(401, null, headers: ("WWW-Authenticate", $"Bearer realm=\"http://{http.Request.Host}/token\",service=\"s\""));
    }

    // token service or Basic, name, password, identity token: whether the registry takes it
    [Theory]
    [InlineData(false, "alice", "right", null, true)]
    [InlineData(false, "alice", "wrong-hidden", null, false)]
    [InlineData(false, "bob", "right", null, false)]
    [InlineData(true, "alice", "right", null, true)]
    [InlineData(true, "alice", "wrong-hidden", null, false)]
    [InlineData(true, "alice", null, "idt", true)]
    [InlineData(true, null, null, "idt", true)]
    [InlineData(true, null, null, "wrong-hidden", false)]
    public async Task A_registry_says_whether_it_takes_a_credential(bool tokens, string? user, string? password, string? identity, bool taken)
    {
        await using var registry = await ScriptedRegistry.StartAsync(tokens ? TokensAsync : BasicAsync);
        var credential = new Credential(user, password) { IdentityToken = identity };
        if (taken)
        {
            Assert.True(await AskAsync(registry, credential));
            return;
        }
        var e = await Assert.ThrowsAsync<ViaductException>(() => AskAsync(registry, credential));
        Assert.Equal(("VIA3044", ExitCode.Denied, registry.Host), (e.Code, e.Exit, e.Where));
        Assert.DoesNotContain("hidden", e.ToString() + e.Render());
        Assert.InRange(registry.Seen.Count, 2, 5);
    }

    // what /v2/ answers: outcome
    [Theory]
    [InlineData(200, "application/json", null)]
    [InlineData(200, "text/html", "VIA3020")]
    [InlineData(404, "text/plain", "VIA3012")]
    [InlineData(403, "application/json", "VIA3044")]
    [InlineData(418, "application/json", "VIA3015")]
    public async Task What_asks_nobody_or_is_no_registry_is_told_apart(int status, string type, string? code)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(status, "{}", type));
        if (code is null)
        {
            Assert.False(await AskAsync(registry, Alice));
            return;
        }
        Assert.Equal(code, (await Assert.ThrowsAnyAsync<ViaductException>(() => AskAsync(registry, Alice))).Code);
        Assert.DoesNotContain(registry.Seen, s => s.Authorization is not null);
    }

    [Fact]
    public async Task A_redirect_to_another_host_is_not_shown_the_credential()
    {
        await using var other = await ScriptedRegistry.StartAsync(BasicAsync);
        await using var registry = await ScriptedRegistry.StartAsync(http =>
        {
            http.Response.Headers.Location = $"{other.Url}/v2/";
            return http.AnswerAsync(307);
        });
        await Assert.ThrowsAnyAsync<ViaductException>(() => AskAsync(registry, Alice));
        Assert.DoesNotContain(other.Seen, s => s.Authorization is not null);
    }
}
