using Viaduct.Build.Engines.Connections;
using Viaduct.Oci;

namespace Viaduct.Build.Tests.Engines;

public sealed class EngineAddressTests
{
    [Theory]
    [InlineData("unix:///run/docker.sock", "unix:///run/docker.sock /run/docker.sock")]
    [InlineData("unix://", "unix:///var/run/docker.sock /var/run/docker.sock")]
    [InlineData("/run/a.sock", "unix:///run/a.sock /run/a.sock")]
    [InlineData("tcp://build.example:2376", "tcp://build.example:2376 build.example 2376")]
    [InlineData("tcp://build.example", "tcp://build.example build.example 2375")]
    [InlineData("tcp://build.example/", "tcp://build.example/ build.example 2375")]
    [InlineData("tcp://:99", "tcp://:99 localhost 99")]
    [InlineData("tcp://[::1]:99", "tcp://[::1]:99 ::1 99")]
    [InlineData("tcp://[::1]", "tcp://[::1] ::1 2375")]
    [InlineData("127.0.0.1:99", "tcp://127.0.0.1:99 127.0.0.1 99")]
    [InlineData("http://127.0.0.1:99", "http://127.0.0.1:99 127.0.0.1 99")]
    public void An_address_is_read_as_docker_reads_it(string text, string read) => Assert.Equal(read, EngineAddress.Parse(text) switch
    {
        UnixAddress unix => $"{unix} {unix.Path}",
        TcpAddress tcp => $"{tcp} {tcp.Host} {tcp.Port}",
        var other => $"{other}",
    });

    [Theory]
    [InlineData("ssh://host", "-o ConnectTimeout=30 -T -- host docker system dial-stdio")]
    [InlineData("ssh://host/", "-o ConnectTimeout=30 -T -- host docker system dial-stdio")]
    [InlineData("ssh://me@host:2222", "-l me -p 2222 -o ConnectTimeout=30 -T -- host docker system dial-stdio")]
    [InlineData("ssh://me@[fe80::1%25eth0]:22", "-l me -p 22 -o ConnectTimeout=30 -T -- fe80::1%25eth0 docker system dial-stdio")]
    [InlineData("ssh://my_host/run/user/1000/docker.sock", "-o ConnectTimeout=30 -T -- my_host docker --host=unix:///run/user/1000/docker.sock system dial-stdio")]
    [InlineData("ssh://host/tmp/$(id)'s.sock", "-o ConnectTimeout=30 -T -- host docker '--host=unix:///tmp/$(id)'\\''s.sock' system dial-stdio")]
    public void Ssh_is_given_the_words_that_docker_gives_it(string text, string words) =>
        Assert.Equal(words, string.Join(' ', Assert.IsType<SshAddress>(EngineAddress.Parse(text)).Words("docker")));

    [Fact]
    public void Podman_has_another_word_for_its_socket() => Assert.Equal(
        ["podman", "--url=unix:///run/podman/podman.sock", "system", "dial-stdio"],
        Assert.IsType<SshAddress>(EngineAddress.Parse("ssh://host/run/podman/podman.sock")).Words("podman").SkipWhile(w => w != "podman"));

    [Theory]
    [InlineData("docker.sock", "it has no scheme")]
    [InlineData("host:port", "it has no scheme")]
    [InlineData("host:70000", "it has no scheme")]
    [InlineData("", "it has no scheme")]
    [InlineData("/", "it has no scheme")]
    [InlineData("fd://", "fd is not spoken")]
    [InlineData("https://host:1", "https is not spoken")]
    [InlineData("unix://run/docker.sock", "the path of a socket begins with /")]
    [InlineData("tcp://host:0", "it has no port from 1 to 65535")]
    [InlineData("tcp://host:65536", "it has no port from 1 to 65535")]
    [InlineData("tcp://host:", "it has no port from 1 to 65535")]
    [InlineData("tcp://host:1/prefix", "an engine has no path")]
    [InlineData("tcp://me@host:1", "an engine takes no user")]
    [InlineData("tcp://ho?st", "it names no host")]
    [InlineData("tcp://host:1 ", "there is a blank in it")]
    [InlineData("ssh://ho\nst", "there is a blank in it")]
    [InlineData("ssh://", "it names no host that ssh could take")]
    [InlineData("ssh://-oProxyCommand=id", "it names no host that ssh could take")]
    [InlineData("ssh://ho;st", "it names no host that ssh could take")]
    [InlineData("ssh://$(id)", "it names no host that ssh could take")]
    [InlineData("ssh://[::1", "it names no host that ssh could take")]
    [InlineData("ssh://-oProxyCommand=id@host", "it names no user that ssh could take")]
    [InlineData("ssh://@host", "it names no user that ssh could take")]
    [InlineData("ssh://a`id`@host", "it names no user that ssh could take")]
    [InlineData("ssh://host:22x", "it has no port from 1 to 65535")]
    [InlineData("ssh://host?x=1", "ssh takes neither a query nor a fragment")]
    [InlineData("ssh://host/a#b", "ssh takes neither a query nor a fragment")]
    public void What_is_no_address_is_wrong_usage(string text, string why)
    {
        var e = Assert.Throws<ViaductException>(() => EngineAddress.Parse(text));
        Assert.Equal(("VIA2191", ExitCode.Usage), (e.Code, e.Exit));
        Assert.Contains(why, e.Message);
    }

    [Theory]
    [InlineData("ssh://me:secret@host")]
    [InlineData("tcp://me:secret@host:1")]
    [InlineData("fd://me:sec@secret@host")]
    public void A_password_in_an_address_is_not_repeated(string text)
    {
        var e = Assert.Throws<ViaductException>(() => EngineAddress.Parse(text));
        Assert.DoesNotContain("sec", e.Message + e.Where + e.Todo);
    }

    [Fact]
    public void A_named_pipe_is_of_windows()
    {
        if (!OperatingSystem.IsWindows())
            Assert.Contains("only Windows has named pipes", Assert.Throws<ViaductException>(() => EngineAddress.Parse("npipe:////./pipe/docker_engine")).Message);
        else
            Assert.Equal((".", "docker_engine"), (((PipeAddress)EngineAddress.Parse("npipe:////./pipe/docker_engine")).Server, ((PipeAddress)EngineAddress.Parse("npipe://./pipe/docker_engine")).Name));
    }
}
