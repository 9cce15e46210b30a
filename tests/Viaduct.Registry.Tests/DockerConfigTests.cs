using System.Text;
using Viaduct.Oci;

namespace Viaduct.Registry.Tests;

public sealed class DockerConfigTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("viaduct-config-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private async Task<Credential?> FindAsync(string json, string registry)
    {
        await File.WriteAllTextAsync(Path.Combine(_directory, "config.json"), json);
        return await new DockerCredentials(_directory).FindAsync(registry, default);
    }

    // "YWxpY2U6cHc=" is alice:pw, "YWxpY2U6cDpzcy93QHJkIMOp" alice:p:ss/w@rd é, "YWxpY2U6" alice:
    [Theory]
    [InlineData("""{"auths":{"r.example":{"auth":"YWxpY2U6cHc="}}}""", "r.example", "alice", "pw", null)]
    [InlineData("""{"auths":{"r.example:5000":{"auth":"YWxpY2U6cHc="}}}""", "r.example:5000", "alice", "pw", null)]
    [InlineData("""{"auths":{"r.example:5000":{"auth":"YWxpY2U6cHc="}}}""", "r.example", null, null, null)]
    [InlineData("""{"auths":{"https://r.example":{"auth":"YWxpY2U6cHc="}}}""", "r.example", "alice", "pw", null)]
    [InlineData("""{"auths":{"https://r.example/v1/":{"auth":"YWxpY2U6cHc="}}}""", "r.example", "alice", "pw", null)]
    [InlineData("""{"auths":{"https://r.example/v2/":{"auth":"YWxpY2U6cHc="}}}""", "r.example", "alice", "pw", null)]
    [InlineData("""{"auths":{"http://r.example/anything":{"auth":"YWxpY2U6cHc="}}}""", "r.example", "alice", "pw", null)]
    [InlineData("""{"auths":{"R.EXAMPLE":{"auth":"YWxpY2U6cHc="}}}""", "r.example", "alice", "pw", null)]
    [InlineData("""{"auths":{"https://r.example":{"auth":"Ym9iOnB3"},"r.example":{"auth":"YWxpY2U6cHc="}}}""", "r.example", "alice", "pw", null)]
    [InlineData("""{"auths":{"not-r.example":{"auth":"YWxpY2U6cHc="},"r.example.evil":{"auth":"YWxpY2U6cHc="}}}""", "r.example", null, null, null)]
    [InlineData("""{"auths":{"https://index.docker.io/v1/":{"auth":"YWxpY2U6cHc="}}}""", "docker.io", "alice", "pw", null)]
    [InlineData("""{"auths":{"index.docker.io":{"auth":"YWxpY2U6cHc="}}}""", "docker.io", "alice", "pw", null)]
    [InlineData("""{"auths":{"docker.io":{"auth":"YWxpY2U6cHc="}}}""", "docker.io", "alice", "pw", null)]
    [InlineData("""{"auths":{"r.example":{"auth":"YWxpY2U6cDpzcy93QHJkIMOp"}}}""", "r.example", "alice", "p:ss/w@rd é", null)]
    [InlineData("""{"auths":{"r.example":{"username":"alice","password":"pw"}}}""", "r.example", "alice", "pw", null)]
    [InlineData("""{"auths":{"r.example":{"username":"bob","password":"x","auth":"YWxpY2U6cHc="}}}""", "r.example", "alice", "pw", null)]
    [InlineData("""{"auths":{"r.example":{"auth":"YWxpY2U6","identitytoken":"idt"}}}""", "r.example", "alice", "", "idt")]
    [InlineData("""{"auths":{"r.example":{"identitytoken":"idt"}}}""", "r.example", null, null, "idt")]
    [InlineData("""{"auths":{"r.example":{}}}""", "r.example", null, null, null)]
    [InlineData("""{"auths":{"r.example":null}}""", "r.example", null, null, null)]
    [InlineData("""{"auths":{"other":{"auth":"%%%"},"r.example":{"auth":"YWxpY2U6cHc="}}}""", "r.example", "alice", "pw", null)]
    [InlineData("""{"auths":null}""", "r.example", null, null, null)]
    [InlineData("""{"Auths":{"r.example":{"Auth":"YWxpY2U6cHc="}}}""", "r.example", "alice", "pw", null)]
    [InlineData("""{"auths":{"r.example/team":{"auth":"YWxpY2U6cHc="}}}""", "r.example", "alice", "pw", null)]
    [InlineData("""{"auths":{"[::1]:5000":{"auth":"YWxpY2U6cHc="}}}""", "[::1]:5000", "alice", "pw", null)]
    [InlineData("""{"credsStore":"","auths":{"r.example":{"auth":"YWxpY2U6cHc="}}}""", "r.example", "alice", "pw", null)]
    [InlineData("""{"credsStore":"not-there","credHelpers":{"r.example":""},"auths":{"r.example":{"auth":"YWxpY2U6cHc="}}}""", "r.example", "alice", "pw", null)]
    [InlineData("""{}""", "r.example", null, null, null)]
    [InlineData("  \n", "r.example", null, null, null)]
    [InlineData("\uFEFF{\"auths\":{\"r.example\":{\"auth\":\"YWxpY2U6cHc=\"}}}", "r.example", "alice", "pw", null)]
    public async Task The_entry_of_a_registry_is_found_as_docker_finds_it(string json, string registry, string? user, string? password, string? identity)
    {
        var credential = await FindAsync(json, registry);
        Assert.Equal(user, credential?.Username);
        Assert.Equal(password, credential?.Password);
        Assert.Equal(identity, credential?.IdentityToken);
    }

    [Theory]
    [InlineData("""{"auths":{"r.example":{"auth":"c2VjcmV0"}}}""")]
    [InlineData("""{"auths":{"r.example":{"auth":"not base64 secret"}}}""")]
    [InlineData("""{"auths":{"r.example":{"auth":"OnNlY3JldA=="}}}""")]
    [InlineData("""{"auths":{"r.example":{"password":7}}}""")]
    [InlineData("""{"auths":{"r.example":"secret"}}""")]
    [InlineData("""{"auths":["secret"]}""")]
    [InlineData("""["secret"]""")]
    [InlineData("""{"auths":{"r.example":{"auth":"secret""")]
    public async Task A_malformed_file_is_named_and_nothing_of_it_shown(string json)
    {
        var e = await Assert.ThrowsAsync<ViaductException>(() => FindAsync(json, "r.example"));
        Assert.Equal("VIA3040", e.Code);
        Assert.EndsWith("config.json", e.Where);
        Assert.DoesNotContain("secret", e.ToString());
        Assert.DoesNotContain("c2Vjc", e.ToString());
    }

    [Fact]
    public async Task Without_a_file_everything_is_anonymous()
    {
        Assert.Null(await new DockerCredentials(Path.Combine(_directory, "missing")).FindAsync("r.example", default));
        Assert.Null(await new DockerCredentials(null).FindAsync("r.example", default));
    }

    [Theory]
    [InlineData("/somewhere", "/somewhere")]
    [InlineData("here", "here")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void The_folder_is_the_one_that_the_variable_names_or_one_in_the_home_folder(string? named, string? expected)
    {
        var folder = DockerConfigFile.FolderOf(name => name == "DOCKER_CONFIG" ? named : null);
        Assert.Equal(expected ?? Path.Combine(Path.GetFullPath(Path.GetDirectoryName(folder)!), ".docker"), folder);
    }

    [Fact]
    public void A_credential_never_shows_its_secret()
    {
        var credential = new Credential("alice", "hidden-1") { IdentityToken = "hidden-2", RegistryToken = "hidden-4" };
        Assert.DoesNotContain("hidden", $"{credential} {new Credential("a", "hidden-3").ToPass()?.Token} {credential with { Username = null }}");
    }

    [Theory]
    [InlineData("../../bin/x", "in docker's config.json has a name that no program has")]
    [InlineData("viaduct-is-not-there", "docker-credential-viaduct-is-not-there is not in the PATH")]
    public async Task A_helper_that_cannot_be_is_said_so(string name, string error)
    {
        var e = await Assert.ThrowsAsync<ViaductException>(() => FindAsync($$$"""{"credHelpers":{"r.example":"{{{name}}}"}}""", "r.example"));
        Assert.Equal(("VIA3041", "the credential helper " + error), (e.Code, e.Message));
        Assert.Null(await FindAsync($$$"""{"credHelpers":{"r.example":"{{{name}}}"}}""", "other.example"));
    }
}
