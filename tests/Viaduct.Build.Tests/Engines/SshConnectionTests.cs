using System.Diagnostics;
using Viaduct.Build.Engines;

namespace Viaduct.Build.Tests.Engines;

/// <summary>With programs in ssh's place.</summary>
public sealed class SshConnectionTests : IDisposable
{
    /// <summary>Keeps its words and its number, and answers as an engine would.</summary>
    private const string Answering = """
        #!/bin/sh
        echo "$@" >> HOME/words
        echo $$ >> HOME/pids
        echo "a banner of the host" >&2
        cr=$(printf '\r')
        while read -r first; do
          while read -r line && [ "$line" != "$cr" ]; do :; done
          case "$first" in
            *info*) body='{"Architecture":"x86_64"}' ;;
            *version*) body='{"Version":"28.5.2","ApiVersion":"1.51","Os":"linux","Arch":"amd64"}' ;;
            *) sleep 0.3; body='{"Id":"sha256:1"}' ;;
          esac
          printf 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %s\r\n\r\n%s' ${#body} "$body"
        done
        """;

    private readonly ClientFolder _client = new();

    public SshConnectionTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "a shell stands in for ssh");

    public void Dispose() => _client.Dispose();

    private void Ssh(string script) =>
        _client.Program("ssh", script.Replace("HOME", _client.Home, StringComparison.Ordinal));

    private string[] Lines(string file) => File.ReadAllLines(_client.At(file));

    [Fact]
    public async Task An_engine_is_spoken_to_through_the_standard_streams_of_ssh()
    {
        Ssh(Answering);
        using var connection = await _client.Connector.ConnectAsync("ssh://me@machine:2222", null, TestContext.Current.CancellationToken);
        Assert.Equal("docker 28.5.2 at ssh://me@machine:2222", connection.Info.ToString());
        Assert.Equal("-l me -p 2222 -o ConnectTimeout=30 -T -- machine docker system dial-stdio", Assert.Single(Lines("words").Distinct()));
        Assert.Equal(["docker", "--host", "ssh://me@machine:2222"], connection.Command);
    }

    [Fact]
    public async Task A_context_may_be_over_there()
    {
        Ssh(Answering);
        _client.Context("far", "ssh://machine");
        using var connection = await _client.Connector.ConnectAsync(null, "far", TestContext.Current.CancellationToken);
        Assert.Equal(["docker", "--context", "far"], connection.Command);
        // The level of another machine's processor is not known.
        Assert.Equal("linux/amd64", connection.Info.Platform.ToString());
    }

    [Fact]
    public async Task Requests_at_once_have_a_process_each_and_all_end_with_the_connection()
    {
        Ssh(Answering);
        using (var connection = await _client.Connector.ConnectAsync("ssh://machine", null, TestContext.Current.CancellationToken))
        {
            var images = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => connection.Client.Images.InspectImageAsync($"image{i}", TestContext.Current.CancellationToken)));
            Assert.All(images, i => Assert.Equal("sha256:1", i.ID));
        }
        var pids = Lines("pids");
        Assert.True(pids.Length >= 4);
        foreach (var pid in pids) await EndedAsync(int.Parse(pid));
    }

    [Theory]
    [InlineData("echo 'Permission denied (publickey).' >&2; exit 255", "ssh ended with 255: Permission denied (publickey).")]
    [InlineData("read -r line; echo \"docker: 'system dial-stdio' is not a docker command\" >&2; exit 1", "ssh ended with 1: docker: 'system dial-stdio' is not a docker command")]
    [InlineData("exit 127", "ssh ended with 127 and said nothing")]
    [InlineData("printf 'Bad \\033[31mhost\\n\\007name\\n' >&2; exit 255", "ssh ended with 255: Bad  [31mhost  name")]
    public async Task What_ssh_says_is_told(string script, string words)
    {
        Ssh("#!/bin/sh\n" + script + "\n");
        Assert.Equal(words, (await Assert.ThrowsAsync<EngineSilence>(() => _client.Connector.ConnectAsync("ssh://machine", null, TestContext.Current.CancellationToken))).Message);
    }

    [Fact]
    public async Task Of_words_without_end_the_last_are_told()
    {
        Ssh("#!/bin/sh\ni=0; while [ $i -lt 5000 ]; do echo 'a long banner of the host' >&2; i=$((i+1)); done; echo 'Host key verification failed.' >&2; exit 255\n");
        var said = (await Assert.ThrowsAsync<EngineSilence>(() => _client.Connector.ConnectAsync("ssh://machine", null, TestContext.Current.CancellationToken))).Message;
        Assert.EndsWith("Host key verification failed.", said);
        Assert.InRange(said.Length, 100, 1100);
    }

    [Fact]
    public async Task Without_ssh_that_is_told() =>
        Assert.Equal("there is no ssh on the PATH", (await Assert.ThrowsAsync<EngineSilence>(() => _client.Connector.ConnectAsync("ssh://machine", null, TestContext.Current.CancellationToken))).Message);

    [Fact]
    public async Task Who_stops_waits_for_no_ssh()
    {
        Ssh("#!/bin/sh\necho $$ >> HOME/pids\nexec sleep 1000\n");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var connecting = _client.Connector.ConnectAsync("ssh://machine", null, stop.Token);
        while (!File.Exists(_client.At("pids")) || Lines("pids").Length == 0) await Task.Delay(10, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        await EndedAsync(int.Parse(Lines("pids")[0]));
    }

    private static async Task EndedAsync(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20));
        }
        catch (ArgumentException)
        {
            // It has ended already.
        }
    }
}
