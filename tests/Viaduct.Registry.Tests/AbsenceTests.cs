using Microsoft.AspNetCore.Http;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

/// <summary>What counts as "not there": whoever takes a proxy's 404 for it pushes over what is.</summary>
public sealed class AbsenceTests
{
    private const string Html = "<html>404 Not Found</html>";

    // the body of the 404 and its type, whether it shows a registry by its header, and the status that /v2/ has; the outcome, and how often /v2/ is asked
    [Theory]
    [InlineData("""{"errors":[{"code":"MANIFEST_UNKNOWN"}]}""", "application/json", false, 404, true, 0)]
    [InlineData("""{"errors":[{"code":"UNKNOWN","message":"not found"}]}""", "application/json; charset=utf-8", false, 404, true, 0)]
    [InlineData("""{"errors":[]}""", "application/json", false, 404, true, 0)]
    [InlineData("""{"errors":[{"code":"NAME_UNKNOWN"}]}""", "text/plain", false, 404, true, 0)]
    [InlineData("404 page not found", "text/plain", true, 404, true, 0)]
    [InlineData("", "application/json", true, 404, true, 0)]
    [InlineData(Html, "text/html", true, 404, true, 0)]
    [InlineData("404 page not found", "text/plain", false, 200, true, 2)]
    [InlineData(Html, "text/html", false, 200, true, 2)]
    [InlineData(Html, "text/html", false, 401, true, 2)]
    [InlineData("", "application/json", false, 200, true, 2)]
    [InlineData(Html, "text/html", false, 404, false, 6)]
    [InlineData(Html, "text/html", false, 403, false, 6)]
    [InlineData(Html, "text/html", false, -200, false, 6)]
    [InlineData("404 page not found", "text/plain", false, 404, false, 6)]
    [InlineData("""{"message":"no Route matched with those values"}""", "application/json", false, 404, false, 6)]
    [InlineData("", "application/json", false, 404, false, 6)]
    public async Task A_404_counts_when_it_comes_from_a_registry(string body, string type, bool shows, int root, bool absent, int pings)
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.Request.Path == "/v2/" ? RootAsync(http, root)
            : http.AnswerAsync(404, body, type, shows ? [] : [Samples.NoRegistry]));
        using var client = Samples.Client();
        var repository = client.Repository(registry);
        foreach (var ask in new Func<Task<bool>>[]
        {
            async () => await repository.FindManifestAsync("v1", default) is null,
            async () => await repository.HeadManifestAsync("v1", default) is null,
            async () => await repository.HeadManifestAsync(Samples.Manifest.Digest.ToString(), default) is null,
            async () => await repository.TagsAsync(default).CountAsync() == 0,
        })
        {
            if (absent) Assert.True(await ask());
            else AssertInDoubt(await Assert.ThrowsAsync<RegistryException>(ask));
        }
        Assert.Equal(pings, registry.Count("GET", "/v2/ ") + registry.Seen.Count(s => s.Target == "/v2/"));
    }

    [Theory]
    [InlineData("GET", 0)]
    [InlineData("HEAD", 11)]
    public async Task What_was_a_registry_may_be_a_proxy_s_notice_later_and_a_registry_again(string method, int secondsLater)
    {
        var (clock, isRegistry) = (new TestClock(), true);
        await using var registry = await ScriptedRegistry.StartAsync(http => http.Request.Path == "/v2/" && isRegistry
            ? http.AnswerAsync(200, "{}") : http.AnswerAsync(404, Html, "text/html", Samples.NoRegistry));
        using var client = Samples.Client(clock);
        var repository = client.Repository(registry);
        async Task<bool> IsAbsentAsync()
        {
            clock.Advance(TimeSpan.FromSeconds(secondsLater));
            return method == "HEAD" ? await repository.HeadManifestAsync("v1", default) is null : await repository.FindManifestAsync("v1", default) is null;
        }
        Assert.True(await IsAbsentAsync());
        isRegistry = false;
        AssertInDoubt(await Assert.ThrowsAsync<RegistryException>(IsAbsentAsync));
        isRegistry = true;
        Assert.True(await IsAbsentAsync());
    }

    // of HEAD there is no body: the answer to GET is looked at when the header tells nothing
    [Fact]
    public async Task A_HEAD_that_leaves_a_doubt_is_asked_again_with_GET_where_the_registry_is_elsewhere()
    {
        await using var other = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(404, """{"errors":[{"code":"MANIFEST_UNKNOWN"}]}""", "application/json", Samples.NoRegistry));
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(307, null, "", ("Location", other.Url + http.Request.Path)));
        using var client = Samples.Client();
        Assert.Null(await client.Repository(registry).HeadManifestAsync("v1", default));
        Assert.Equal(["HEAD", "GET"], other.Seen.Select(s => s.Method));
    }

    [Theory]
    [InlineData("<Error><Code>NoSuchKey</Code></Error>", "application/xml")]
    [InlineData("", "text/plain")]
    [InlineData("""{"errors":[{"code":"BLOB_UNKNOWN"}]}""", "application/json")]
    public async Task A_store_that_lost_what_a_registry_points_to_does_not_make_it_absent(string body, string type)
    {
        await using var store = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(404, body, type, Samples.NoRegistry));
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(307, null, "", ("Location", store.Url + "/bucket/data?sig=secret")));
        using var client = Samples.Client();
        var repository = client.Repository(registry);
        AssertInDoubt(await Assert.ThrowsAsync<RegistryException>(() => repository.FindManifestAsync("v1", default)));
        AssertInDoubt(await Assert.ThrowsAsync<RegistryException>(() => repository.HeadBlobAsync(Samples.Manifest.Digest, default)));
        var e = await Assert.ThrowsAsync<RegistryException>(() => repository.OpenBlobAsync(Samples.Blob(10).Descriptor, default));
        AssertInDoubt(e);
        Assert.Contains(store.Host, e.Message);
        Assert.DoesNotContain("secret", e.Render());
    }

    [Fact]
    public async Task A_blob_that_is_sent_is_not_asked_for_twice_because_of_a_doubt()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.Request.Method switch
        {
            "HEAD" => http.AnswerAsync(404, "", "text/html", Samples.NoRegistry),
            "POST" => http.AnswerAsync(202, null, "", ("Location", "/v2/session")),
            _ => http.AnswerAsync(201),
        });
        using var client = Samples.Client();
        await client.Repository(registry).PushBlobAsync(Samples.Blob(200_000), default);
        Assert.Equal("HEAD POST PUT", Uploads.Methods(registry));
    }

    [Fact]
    public async Task A_registry_that_fails_while_it_is_looked_at_has_not_said_that_something_is_absent()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.Request.Path == "/v2/" ? http.AnswerAsync(503) : http.AnswerAsync(404, Html, "text/html", Samples.NoRegistry));
        using var client = Samples.Client();
        var e = await Assert.ThrowsAsync<RegistryException>(() => client.Repository(registry).FindManifestAsync("v1", default));
        Assert.Equal(("VIA3014", FailureKind.Failed), (e.Code, e.Kind));
    }

    private static Task RootAsync(HttpContext http, int status) => status switch
    {
        401 => http.AnswerAsync(401, null, "", ("WWW-Authenticate", "Basic realm=\"x\"")),
        < 0 => http.AnswerAsync(-status, Html, "text/html", Samples.NoRegistry),
        _ => http.AnswerAsync(status, "{}", "application/json", Samples.NoRegistry),
    };

    private static void AssertInDoubt(RegistryException e) => Assert.Equal(("VIA3070", FailureKind.Protocol, 404), (e.Code, e.Kind, e.Status));
}
