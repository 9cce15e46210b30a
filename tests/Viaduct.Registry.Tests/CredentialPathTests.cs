using System.Text;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

public sealed class CredentialPathTests : CredentialBed
{
    // keys of podman's file (each has a user of its own name), the repository that is worked with: whose credentials
    [Theory]
    [InlineData("quay.io", "quay.io", "team/app", "quay.io")]
    [InlineData("quay.io|quay.io/team", "quay.io", "team/app", "quay.io/team")]
    [InlineData("quay.io|quay.io/team", "quay.io", "teams/app", "quay.io")]
    [InlineData("quay.io/team|quay.io/team/app", "quay.io", "team/app", "quay.io/team/app")]
    [InlineData("quay.io/team|quay.io/team/app", "quay.io", "team/app/deep", "quay.io/team/app")]
    [InlineData("quay.io/team", "quay.io", "other/app", null)]
    [InlineData("quay.io/team", "quay.io", "team", "quay.io/team")]
    [InlineData("quay.io/team", "quay.io:443", "team/app", null)]
    [InlineData("docker.io", "docker.io", "library/busybox", "docker.io")]
    [InlineData("docker.io/library|docker.io", "docker.io", "library/busybox", "docker.io/library")]
    [InlineData("docker.io/library|https://index.docker.io/v1/", "docker.io", "team/app", "https://index.docker.io/v1/")]
    [InlineData("https://r.example/v1/", "r.example", "team/app", "https://r.example/v1/")]
    [InlineData("127.0.0.1:5000/a", "127.0.0.1:5000", "a/b", "127.0.0.1:5000/a")]
    public async Task The_longest_key_above_a_repository_is_taken(string keys, string registry, string repository, string? user)
    {
        Write("run/containers/auth.json", Auths([.. keys.Split('|').Select(k => (k, k.Replace(':', '_')))]));
        Assert.Equal(user?.Replace(':', '_'), await UserAsync(registry, repository));
    }

    [Fact]
    public async Task A_path_may_have_a_helper_of_its_own()
    {
        Helper("x", """printf '{"Username":"of %s","Secret":"pw"}' "$(cat)" """);
        Write("run/containers/auth.json", """{"credsStore":"not-podmans","credHelpers":{"quay.io/team":"x"}}""");
        Assert.Equal("of quay.io/team", await UserAsync("quay.io", "team/app"));
        Assert.Null(await UserAsync("quay.io", "other"));
    }

    [Fact]
    public async Task Dockers_entry_for_the_registry_comes_before_podmans_for_the_path()
    {
        Write(".docker/config.json", Auths(("quay.io", "docker")));
        Write("run/containers/auth.json", Auths(("quay.io/team", "podman")));
        Assert.Equal("docker", await UserAsync("quay.io", "team/app"));
    }

    [Fact]
    public async Task Two_repositories_of_one_registry_are_each_shown_their_own()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.Request.Headers.Authorization.Count == 0
            ? http.AnswerAsync(401, null, headers: ("WWW-Authenticate", "Basic realm=\"r\""))
            : http.AnswerManifestAsync());
        Write("run/containers/auth.json", Auths(($"{registry.Host}/a", "alice"), ($"{registry.Host}/b", "bob")));
        using var client = Samples.Client(credentials: Known);
        foreach (var path in (string[])["a/x", "b/x", "a/y"]) Assert.NotNull(await client.Repository(registry, path).FindManifestAsync("1", default));
        Assert.Equal([("a/x", "alice"), ("b/x", "bob"), ("a/y", "alice")],
            registry.Seen.Where(s => s.Authorization is not null).Select(s => (s.Target["/v2/".Length..s.Target.IndexOf("/manifests", StringComparison.Ordinal)], UserOf(s.Authorization!))));
    }

    [Fact]
    public async Task A_registry_token_is_shown_as_it_is_and_no_service_is_asked()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.Request.Headers.Authorization != "Bearer given"
            ? http.AnswerAsync(401, null, headers: ("WWW-Authenticate", $"Bearer realm=\"http://{http.Request.Host}/token\",service=\"s\""))
            : http.AnswerManifestAsync());
        Write(".docker/config.json", Auths((registry.Host, "x")).Replace("\"auth\":", "\"registrytoken\":").Replace(Auth("x", "pw"), "given"));
        using var client = Samples.Client(credentials: Known);
        Assert.NotNull(await client.Repository(registry).FindManifestAsync("1", default));
        Assert.Equal(0, registry.Count("GET", "/token"));
    }

    // a registrytoken, as JSON
    [Theory]
    [InlineData("hid\\nden")]
    [InlineData("hid den")]
    [InlineData("hid\\u00e9den")]
    public async Task A_registry_token_that_no_header_can_hold_is_said(string token)
    {
        Write(".docker/config.json", """{"auths":{"r.example":{"registrytoken":"TOKEN"}}}""".Replace("TOKEN", token));
        var e = await Assert.ThrowsAsync<ViaductException>(() => UserAsync("r.example"));
        Assert.Equal(("VIA3040", "the registrytoken of r.example has characters that no token has"), (e.Code, e.Message));
        Assert.DoesNotContain("hid", e.ToString() + e.Render());
    }

    [Fact]
    public async Task What_a_registry_asks_for_does_not_choose_whose_credential_it_is_shown()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http =>
            http.Request.Path == "/token" ? http.AnswerAsync(200, """{"token":"t"}""")
            : http.Request.Headers.Authorization == "Bearer t" ? http.AnswerManifestAsync()
            : http.AnswerAsync(401, null, headers: ("WWW-Authenticate", $"Bearer realm=\"http://{http.Request.Host}/token\",scope=\"repository:other/x:pull\"")));
        Write("run/containers/auth.json", Auths(($"{registry.Host}/other", "bob"), ($"{registry.Host}/team", "alice")));
        using var client = Samples.Client(credentials: Known);
        Assert.NotNull(await client.Repository(registry, "team/app").FindManifestAsync("1", default));
        Assert.Equal("alice", UserOf(Assert.Single(registry.Seen, s => s.Target.StartsWith("/token", StringComparison.Ordinal)).Authorization!));
    }

    [Fact]
    public async Task A_registry_token_that_is_refused_is_not_shown_for_ever()
    {
        await using var registry = await ScriptedRegistry.StartAsync(http => http.AnswerAsync(401, null, headers: ("WWW-Authenticate", $"Bearer realm=\"http://{http.Request.Host}/token\"")));
        Write(".docker/config.json", Auths((registry.Host, "x")).Replace("\"auth\":", "\"registrytoken\":").Replace(Auth("x", "pw"), "given"));
        using var client = Samples.Client(credentials: Known);
        var e = await Assert.ThrowsAsync<RegistryException>(() => client.Repository(registry).FindManifestAsync("1", default));
        Assert.Equal("VIA3010", e.Code);
        Assert.InRange(registry.Seen.Count, 2, 3);
    }

    private static string UserOf(string authorization) => Encoding.UTF8.GetString(Convert.FromBase64String(authorization["Basic ".Length..])).Split(':')[0];
}
