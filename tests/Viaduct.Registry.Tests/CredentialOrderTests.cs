using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

public sealed class CredentialOrderTests : CredentialBed
{
    private const string Host = "VIADUCT_REGISTRY_AUTH_HOST";

    // Every place in its order: when the first ones are empty, the next one answers.
    [Fact]
    public async Task The_first_place_that_knows_a_registry_is_taken()
    {
        List<string> expected = ["named", "variable", "docker", "runtime", "settings", "dockercfg"];
        Set(Host, "r.example");
        Set("VIADUCT_REGISTRY_AUTH_USER", "named");
        Set("VIADUCT_REGISTRY_AUTH_PASSWORD", "pw");
        Set("DOCKER_AUTH_CONFIG", Auths(("r.example", "variable")));
        Write(".docker/config.json", Auths(("r.example", "docker")));
        Write("run/containers/auth.json", Auths(("r.example", "runtime")));
        Write(".config/containers/auth.json", Auths(("r.example", "settings")));
        Write(".dockercfg", $$$"""{"https://r.example/v1/":{"auth":"{{{Auth("dockercfg", "pw")}}}","email":"a@b"}}""");
        Action[] remove =
        [
            () => { Set(Host, null); Set("VIADUCT_REGISTRY_AUTH_USER", null); Set("VIADUCT_REGISTRY_AUTH_PASSWORD", null); },
            () => Set("DOCKER_AUTH_CONFIG", Auths(("other.example", "variable"))),
            () => File.Delete(Config),
            () => File.WriteAllText(At("run/containers/auth.json"), "{}"),
            () => File.Delete(At(".config/containers/auth.json")),
            () => File.Delete(At(".dockercfg")),
        ];
        foreach (var (user, next) in expected.Zip(remove))
        {
            Assert.Equal(user, await UserAsync("r.example"));
            next();
        }
        Assert.Null(await UserAsync("r.example"));
    }

    [Fact]
    public async Task A_file_that_is_not_reached_may_be_broken()
    {
        Write(".docker/config.json", Auths(("r.example", "docker")));
        Write("run/containers/auth.json", "broken");
        Assert.Equal("docker", await UserAsync("r.example"));
        Assert.Equal("docker", await UserAsync("r.example", "team/app"));
        Assert.Equal("VIA3040", (await Assert.ThrowsAsync<ViaductException>(() => UserAsync("other.example"))).Code);
    }

    [Fact]
    public async Task Who_names_podmans_file_wants_no_other_of_them()
    {
        Set("REGISTRY_AUTH_FILE", Write("named.json", Auths(("a.example", "named"))));
        Write("run/containers/auth.json", Auths(("b.example", "runtime")));
        Assert.Equal(("named", null), (await UserAsync("a.example"), await UserAsync("b.example")));
    }

    [Fact]
    public async Task DOCKER_CONFIG_and_XDG_CONFIG_HOME_are_other_folders()
    {
        Set("DOCKER_CONFIG", At("d"));
        Set("XDG_CONFIG_HOME", At("x"));
        Write("d/config.json", Auths(("a.example", "d")));
        Write("x/containers/auth.json", Auths(("b.example", "x")));
        Write(".docker/config.json", Auths(("c.example", "c")));
        Assert.Equal(("d", "x", null), (await UserAsync("a.example"), await UserAsync("b.example"), await UserAsync("c.example")));
    }

    // host, user, password, token, registry that is asked: name, or the variable of the error
    [Theory]
    [InlineData("r.example", "alice", "pw", null, "r.example", "alice")]
    [InlineData("https://R.example/v2/", "alice", "pw", null, "r.example", "alice")]
    [InlineData("r.example:5000", "alice", "pw", null, "r.example:5000", "alice")]
    [InlineData("r.example:5000", "alice", "pw", null, "r.example", null)]
    [InlineData("r.example", "alice", "pw", null, "r.example:5000", null)]
    [InlineData("r.example", "alice", "pw", null, "r.example.evil", null)]
    [InlineData("r.example", "alice", "pw", null, "docker.io", null)]
    [InlineData("index.docker.io", "alice", "pw", null, "docker.io", "alice")]
    [InlineData("r.example", "alice", null, "idt", "r.example", "alice")]
    [InlineData("r.example", null, null, "idt", "r.example", "")]
    [InlineData("r.example", "alice", "", null, "r.example", "!VIADUCT_REGISTRY_AUTH_HOST")]
    [InlineData("r.example", null, "hidden", null, "r.example", "!VIADUCT_REGISTRY_AUTH_PASSWORD")]
    [InlineData("r.example", "alice", "hidden", "hidden", "r.example", "!VIADUCT_REGISTRY_AUTH_TOKEN")]
    [InlineData(null, "alice", "hidden", null, "r.example", "!VIADUCT_REGISTRY_AUTH_PASSWORD")]
    [InlineData("", null, null, "hidden", "r.example", "!VIADUCT_REGISTRY_AUTH_TOKEN")]
    [InlineData(null, "alice", null, null, "r.example", "!VIADUCT_REGISTRY_AUTH_USER")]
    [InlineData(null, null, null, null, "r.example", null)]
    public async Task The_variables_are_for_the_one_registry_that_they_name(string? host, string? user, string? password, string? token, string registry, string? outcome)
    {
        Set(Host, host);
        Set("VIADUCT_REGISTRY_AUTH_USER", user);
        Set("VIADUCT_REGISTRY_AUTH_PASSWORD", password);
        Set("VIADUCT_REGISTRY_AUTH_TOKEN", token);
        if (outcome?.StartsWith('!') == true)
        {
            var e = await Assert.ThrowsAsync<ViaductException>(() => UserAsync(registry));
            Assert.Equal(("VIA3042", outcome[1..]), (e.Code, e.Where));
            Assert.DoesNotContain("hidden", e.ToString() + e.Render());
            return;
        }
        var found = await Known.FindAsync(registry, default);
        Assert.Equal(outcome, found is null ? null : found.Username ?? "");
        if (found is not null) Assert.Equal((password, token), (found.Password, found.IdentityToken));
    }

    // DOCKER_AUTH_CONFIG, the registry: name, or ! for an error. The file has "file" for everything.
    [Theory]
    [InlineData("""{"auths":{"r.example":{"auth":"YWxpY2U6cHc="}}}""", "r.example", "alice")]
    [InlineData("""{"auths":{"r.example":{"auth":"YWxpY2U6cHc="}}}""", "other.example", "file")]
    [InlineData("""{"auths":{"https://index.docker.io/v1/":{"auth":"YWxpY2U6cHc="}}}""", "docker.io", "alice")]
    [InlineData("""{"auths":{"r.example":{"username":"alice","password":"pw"}}}""", "r.example", "alice")]
    [InlineData("""{"auths":{"other.example":{"auth":"%"},"r.example":{"auth":"YWxpY2U6cHc="}}}""", "r.example", "alice")]
    [InlineData("""{"credsStore":"nothing-here","credHelpers":{"r.example":"nor-here"}}""", "r.example", "file")]
    [InlineData("""{"auths":{"r.example":{}}}""", "r.example", "file")]
    [InlineData("{}", "r.example", "file")]
    [InlineData(" ", "r.example", "file")]
    [InlineData("hidden", "r.example", "!")]
    [InlineData("""{"auths":{"r.example":{"auth":"hidden"}}}""", "r.example", "!")]
    public async Task Dockers_variable_comes_before_its_file_and_only_its_auths_count(string text, string registry, string outcome)
    {
        Set("DOCKER_AUTH_CONFIG", text);
        Write(".docker/config.json", Auths(("r.example", "file"), ("other.example", "file"), ("https://index.docker.io/v1/", "file")));
        if (outcome != "!")
        {
            Assert.Equal(outcome, await UserAsync(registry));
            return;
        }
        var e = await Assert.ThrowsAsync<ViaductException>(() => UserAsync(registry));
        Assert.Equal(("VIA3042", "DOCKER_AUTH_CONFIG"), (e.Code, e.Where));
        Assert.DoesNotContain("hidden", e.ToString() + e.Render());
    }

    [Fact]
    public async Task As_docker_itself_nothing_of_podmans_is_read()
    {
        Write("run/containers/auth.json", Auths(("r.example", "podman")));
        Write("d/config.json", Auths(("s.example", "docker")));
        var docker = KnownCredentials.OfDocker(At("d"), Variable);
        Assert.Null(await docker.FindAsync("r.example", default));
        Assert.Equal("docker", (await docker.FindAsync("s.example", default))?.Username);
    }

    [Fact]
    public async Task A_file_without_end_is_not_read()
    {
        Write(".docker/config.json", "{\"auths\":{}" + new string(' ', 5 << 20) + "}");
        var e = await Assert.ThrowsAsync<ViaductException>(() => UserAsync("r.example"));
        Assert.Equal(("VIA3040", "it has more than 4194304 bytes"), (e.Code, e.Message));
    }

    // A folder is refused as a file of another user is, whoever runs this.
    [Theory]
    [InlineData("run/containers/auth.json")]
    [InlineData(".config/containers/auth.json")]
    [InlineData(".dockercfg")]
    public async Task A_place_that_nobody_named_and_that_is_closed_has_nothing(string place)
    {
        Directory.CreateDirectory(At(place));
        Assert.Null(await UserAsync("r.example"));
        Set("REGISTRY_AUTH_FILE", At("run/containers/auth.json"));
        Directory.CreateDirectory(At("run/containers/auth.json"));
        var e = await Assert.ThrowsAsync<ViaductException>(() => UserAsync("r.example"));
        Assert.Equal(("VIA3040", At("run/containers/auth.json")), (e.Code, e.Where));
    }

    [Fact]
    public async Task A_folder_in_the_place_of_the_file_is_said()
    {
        Directory.CreateDirectory(Config);
        var e = await Assert.ThrowsAsync<ViaductException>(() => UserAsync("r.example"));
        Assert.Equal(("VIA3040", "it cannot be read"), (e.Code, e.Message));
    }
}
