using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

/// <summary>What a registry said is kept beside the sentence that is made of it.</summary>
public sealed class RegistryExceptionTests
{
    [Fact]
    public async Task An_answer_keeps_its_status_its_codes_and_its_words()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(400,
            """{"errors":[{"code":"A","message":"one two"},{"code":"B","message":"three","detail":{}},{"message":4},5]}"""));
        var e = await FailAsync(registry);
        Assert.Equal((400, "Bad Request", "A", "one two"), (e.Status, e.Reason, e.SaidCode, e.Said));
        Assert.Equal([new("A", "one two", false), new("B", "three", true), new(null, null, false), new(null, null, false)], e.All);
        Assert.Equal((registry.Url, false, false), (e.Origin, e.IsTokenService, e.HasNoCredentials));
        Assert.Equal("the registry refuses (status 400: A: one two)", e.Message);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("no room", "no room")]
    [InlineData("{}", null)]
    [InlineData("[1]", null)]
    public async Task Without_errors_in_it_a_body_is_text_at_most(string body, string? said)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(400, body));
        var e = await FailAsync(registry);
        Assert.Equal((null, said), (e.SaidCode, e.Said));
        Assert.Empty(e.All);
    }

    [Theory]
    [InlineData("Basic realm=\"x\"", false, true)]
    [InlineData("Basic realm=\"x\"", true, false)]
    [InlineData("Bearer realm=\"{0}/token\"", false, false)]
    public async Task Credentials_that_are_missing_are_told_from_those_that_are_wrong(string challenge, bool known, bool hasNone)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.Request.Path == "/token"
            ? http.AnswerErrorAsync(403, "DENIED", "no token")
            : http.AnswerAsync(401, null, "", ("WWW-Authenticate", challenge.Replace("{0}", "http://" + http.Request.Host))));
        var e = await FailAsync(registry, known ? new TestCredentials((registry.Host, new Credential("u", "p"))) : null);
        Assert.Equal(("VIA3010", hasNone), (e.Code, e.HasNoCredentials));
        Assert.Equal(challenge.StartsWith("Bearer"), e.IsTokenService);
        if (e.IsTokenService) Assert.Equal((403, "DENIED", "no token", registry.Url), (e.Status, e.SaidCode, e.Said, e.Origin));
    }

    [Theory]
    [InlineData("error=\"insufficient_scope\",error_description=\"more\"", "DENIED", "more")]
    [InlineData("error=\"invalid_token\"", "UNAUTHORIZED", null)]
    [InlineData("error=\"else\"", "UNAUTHORIZED", "said the registry")]
    public async Task What_a_challenge_calls_an_error_stands_before_those_of_the_body(string error, string code, string? message)
    {
        await using var registry = await ScriptedRegistry.StartAsync(async http =>
        {
            if (http.Request.Path == "/token") await http.AnswerAsync(200, """{"token":"t"}""");
            else
            {
                http.Response.Headers.WWWAuthenticate = $"Bearer realm=\"http://{http.Request.Host}/token\",service=\"s\",{error}";
                await http.AnswerErrorAsync(401, "UNAUTHORIZED");
            }
        });
        var e = await FailAsync(registry);
        Assert.Equal((code, message), (e.All[0].Code, e.All[0].Message));
        Assert.Equal(("UNAUTHORIZED", "said the registry"), (e.SaidCode, e.Said));
    }

    /// <summary>docker's words need them, and our own sentence must not have them.</summary>
    [Fact]
    public async Task Messages_are_kept_whole_beside_the_sentence()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerErrorAsync(400, "A", "a  b https://h.example/x?sig=1 " + new string('y', 300)));
        var e = await FailAsync(registry);
        Assert.Equal("a  b https://h.example/x?sig=1 " + new string('y', 300), Assert.Single(e.All).Message);
        Assert.StartsWith("a b https://h.example/x yyy", e.Said);
        Assert.DoesNotContain("sig=", e.Message);
    }

    [Theory]
    [InlineData("text/html", "an HTML page")]
    [InlineData("text/plain", "no <b>room</b>")]
    public async Task What_is_not_said_to_be_JSON_is_one_message(string type, string said)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(413, "no <b>room</b>", type));
        var e = await FailAsync(registry);
        Assert.Equal((said, "no <b>room</b>", new SaidError(null, "no <b>room</b>", true)), (e.Said, e.Body, Assert.Single(e.All)));
    }

    private static async Task<RegistryException> FailAsync(ScriptedRegistry registry, ICredentialSource? credentials = null)
    {
        using var client = Samples.Client(credentials: credentials);
        return await Assert.ThrowsAsync<RegistryException>(() => client.Repository(registry).FindManifestAsync("v1", default));
    }
}
