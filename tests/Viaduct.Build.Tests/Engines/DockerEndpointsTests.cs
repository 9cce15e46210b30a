using Viaduct.Build.Engines.Connections;
using Viaduct.Oci;

namespace Viaduct.Build.Tests.Engines;

public sealed class DockerEndpointsTests : IDisposable
{
    private readonly ClientFolder _client = new();

    public void Dispose() => _client.Dispose();

    /// <summary>Every place that may name an engine, with all that are weaker set too.</summary>
    [Theory]
    // --host, --context, DOCKER_HOST, DOCKER_CONTEXT, currentContext
    [InlineData("tcp://a:1", null, "tcp://h:1", "one", "two", "tcp://a:1 docker --host tcp://a:1")]
    [InlineData("10.0.0.1:1", null, null, null, null, "tcp://10.0.0.1:1 docker --host tcp://10.0.0.1:1")]
    [InlineData(null, "one", "tcp://h:1", "two", "two", "ssh://one docker --context one")]
    [InlineData(null, "default", "tcp://h:1", "one", "two", "tcp://h:1 docker --context default")]
    [InlineData(null, "default", null, "one", "two", "unix:///var/run/docker.sock docker --context default")]
    [InlineData(null, null, "tcp://h:1", "one", "two", "tcp://h:1 docker")]
    [InlineData(null, null, null, "one", "two", "ssh://one docker")]
    [InlineData(null, null, "", "one", "two", "ssh://one docker")]
    [InlineData(null, null, null, "default", "two", "unix:///var/run/docker.sock docker")]
    [InlineData(null, null, null, "", "two", "tcp://two:1 docker")]
    [InlineData(null, null, null, null, "two", "tcp://two:1 docker")]
    [InlineData(null, null, null, null, "default", "unix:///var/run/docker.sock docker")]
    [InlineData(null, null, null, null, "", "unix:///var/run/docker.sock docker")]
    [InlineData(null, null, null, null, null, "unix:///var/run/docker.sock docker")]
    public void The_stronger_word_says_where_the_engine_is(string? address, string? context, string? host, string? variable, string? current, string found)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "its default is a named pipe");
        _client.Context("one", "ssh://one").Context("two", "tcp://two:1").With("DOCKER_HOST", host).With("DOCKER_CONTEXT", variable);
        if (current is not null) _client.File(".docker/config.json", $$"""{"auths":{},"currentContext":"{{current}}"}""");
        var endpoint = _client.Endpoints.Find(address, context);
        Assert.Equal(found, $"{endpoint.Address} {string.Join(' ', endpoint.Command)}");
    }

    /// <summary>docker/cli cli/flags/options.go; sockets and ssh need none.</summary>
    [Theory]
    [InlineData("tcp://h:1", null, null, "none")]
    [InlineData("tcp://h:1", "1", null, "verified")]
    [InlineData("tcp://h:1", "1", "1", "verified")]
    [InlineData("tcp://h:1", null, "1", "skipped")]
    [InlineData("tcp://h:1", "", "", "none")]
    [InlineData("unix:///x", "1", null, "none")]
    [InlineData("ssh://h", "1", null, "none")]
    public void The_variables_turn_tls_on_for_tcp(string host, string? verify, string? tls, string expected)
    {
        _client.With("DOCKER_TLS_VERIFY", verify).With("DOCKER_TLS", tls);
        Assert.Equal(expected, Tls(_client.Endpoints.Find(host, null)));
        Assert.Equal(expected, Tls(_client.With("DOCKER_HOST", host).Endpoints.Find(null, null)));
    }

    [Theory]
    [InlineData("tcp://h:1", false, false, "none")]
    [InlineData("tcp://h:1", false, true, "verified")]
    [InlineData("tcp://h:1", true, false, "skipped")]
    [InlineData("tcp://h:1", true, true, "skipped")]
    [InlineData("unix:///x", true, true, "none")]
    public void A_context_says_itself_whether_it_is_tls(string host, bool skip, bool files, string expected)
    {
        _client.Context("one", host, skip).With("DOCKER_TLS_VERIFY", "1");
        if (files) _client.ContextFile("one", "ca.pem", "");
        Assert.Equal(expected, Tls(_client.Endpoints.Find(null, "one")));
    }

    [Fact]
    public void With_tls_and_no_address_it_is_dockers_port_for_it() =>
        Assert.Equal("tcp://localhost:2376", _client.With("DOCKER_TLS_VERIFY", "1").Endpoints.Find(null, null).Address.Text);

    [Fact]
    public void DOCKER_CONFIG_is_another_folder()
    {
        _client.Context("one", "tcp://there:1", folder: "elsewhere").With("DOCKER_CONFIG", "HOME/elsewhere").File("elsewhere/config.json", "\uFEFF{\"currentContext\":\"one\"}");
        Assert.Equal("tcp://there:1", _client.Endpoints.Find(null, null).Address.Text);
    }

    [Fact]
    public void A_context_without_a_host_is_the_default_socket()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "its default is a named pipe");
        Assert.Equal("unix:///var/run/docker.sock", _client.Context("one", "").Endpoints.Find(null, "one").Address.Text);
    }

    [Fact]
    public void A_context_that_is_not_there_is_named_with_its_file()
    {
        var e = Assert.Throws<ViaductException>(() => _client.With("DOCKER_CONTEXT", "../../etc").Endpoints.Find(null, null));
        Assert.Equal(("VIA2193", ExitCode.Usage), (e.Code, e.Exit));
        Assert.Contains("docker has no context '../../etc'", e.Message);
    }

    [Theory]
    [InlineData("config.json", "{\"auths\":{\"x\":{\"auth\":\"hush", "it is not JSON (line 1, byte ")]
    [InlineData("config.json", "[]", "it is not a JSON object")]
    [InlineData("META", "{}", "the context names no engine of docker's")]
    [InlineData("META", "{\"Endpoints\":{\"docker\":\"hush\"}}", "the context names no engine of docker's")]
    [InlineData("META", "{\"Endpoints\":{\"docker\":{\"Host\":\"hush\"}}}", "it is no address of an engine")]
    public void Files_that_cannot_be_used_are_not_passed_over(string file, string text, string why)
    {
        var meta = Path.GetRelativePath(_client.At(".docker"), Directory.EnumerateFiles(_client.Context("one", "x").At(".docker"), "meta.json", SearchOption.AllDirectories).Single());
        _client.File(".docker/config.json", "{\"currentContext\":\"one\"}").File($".docker/{(file == "META" ? meta : file)}", text);
        var e = Assert.Throws<ViaductException>(() => _client.Endpoints.Find(null, null));
        Assert.Contains(why, e.Message);
        if (file != "META") Assert.DoesNotContain("hush", e + e.Render());
    }

    [Fact]
    public void A_file_without_end_is_not_read_to_its_end()
    {
        _client.File(".docker/config.json", new string(' ', (4 << 20) + 1));
        Assert.Contains("it is too large", Assert.Throws<ViaductException>(() => _client.Endpoints.Find(null, null)).Message);
    }

    private static string Tls(DockerEndpoint endpoint) => endpoint.Tls is not { } tls ? "none" : tls.SkipVerify ? "skipped" : "verified";
}
