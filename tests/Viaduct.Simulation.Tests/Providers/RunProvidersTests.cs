using static Viaduct.Simulation.Tests.ProviderTexts;

namespace Viaduct.Simulation.Tests;

/// <summary>Providers that are really run: small programs of a shell.</summary>
public sealed class RunProvidersTests : IDisposable
{
    private const string Request = """{"kind":"CredentialProviderRequest","image":"r.io/app"}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("viaduct-run-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_gets_arguments_environment_and_the_request_and_its_answer_counts()
    {
        Script("""
            read request
            case "$request" in *'"image":"r.io/app"'*) user=$1-$TEAM ;; *) exit 3 ;; esac
            echo '{"kind":"CredentialProviderResponse","apiVersion":"credentialprovider.kubelet.k8s.io/v1","cacheKeyType":"Image","auth":{"r.io":{"username":"'$user'","password":"p"}}}'
            """);
        var provider = Program with { Args = ["get"], Env = new Dictionary<string, string> { ["TEAM"] = "blue" } };

        var found = await Node(new RunProviders(_folder), "1.35", provider).FindAsync("r.io/app");

        Assert.Empty(found.Remarks);
        Assert.Equal("get-blue", Assert.Single(Assert.Single(found.Given).Entries).Login.Username);
    }

    [Fact]
    public async Task One_that_fails_gives_nothing_and_a_little_of_what_it_says()
    {
        Script("printf 'no region\\n\\033[31mset one' >&2; echo secret; exit 1");

        var found = await Node(new RunProviders(_folder), "1.35", Program).FindAsync("r.io/app");

        Assert.Equal("provider p gives nothing: error execing credential provider plugin p for image r.io/app: exit status 1: no region ?[31mset one (kubelet logs that and pulls without it)", Assert.Single(found.Remarks));
    }

    [Fact]
    public async Task What_it_says_without_end_is_cut()
    {
        Script("head -c 5000000 /dev/zero | tr '\\0' x >&2; exit 1");

        Assert.InRange((await AskAsync()).Failure!.Length, 200, 230);
    }

    [Fact]
    public async Task An_answer_without_end_is_none()
    {
        Script("exec cat /dev/zero");

        Assert.Contains("printed more than 1048576 bytes", (await AskAsync()).Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_does_not_read_the_request_may_answer()
    {
        Script("exec <&-; echo hello");

        Assert.Equal("hello\n", (await AskAsync()).Output);
    }

    [Fact]
    public async Task One_that_does_not_end_is_killed_and_not_run_again()
    {
        Script($"echo x >> {_folder}/runs; sleep 600 & wait");
        var answers = new RunProviders(_folder) { Patience = TimeSpan.FromMilliseconds(500) };

        Assert.Contains("context deadline exceeded", (await AskAsync(answers)).Failure, StringComparison.Ordinal);
        Assert.Contains("not run again", (await AskAsync(answers)).Unknown, StringComparison.Ordinal);
        Assert.InRange(File.Exists(Path.Combine(_folder, "runs")) ? (await File.ReadAllLinesAsync(Path.Combine(_folder, "runs"), TestContext.Current.CancellationToken)).Length : 0, 0, 1);
    }

    [Fact]
    public async Task Who_asks_may_stop_asking()
    {
        Script("sleep 600");
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new RunProviders(_folder).AskAsync(Program, Request, stop.Token).AsTask());
    }

    [Fact]
    public async Task One_that_cannot_be_started_here_may_run_on_its_node()
    {
        Script("echo hello");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path.Combine(_folder, "p"), UnixFileMode.UserRead);

        Assert.Contains("cannot be started", (await AskAsync()).Unknown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("other")]
    [InlineData("../p")]
    [InlineData("/bin/sh")]
    [InlineData("..")]
    [InlineData("")]
    public async Task One_that_is_not_in_the_folder_is_not_known(string name) =>
        Assert.Contains("there is no provider", (await new RunProviders(_folder).AskAsync(Program with { Name = name }, Request, TestContext.Current.CancellationToken)).Unknown, StringComparison.Ordinal);

    [Fact]
    public async Task A_canned_answer_goes_before_running() =>
        Assert.Equal("canned", (await new RunProviders(_folder).AskAsync(Program with { CannedAnswer = "canned" }, Request, TestContext.Current.CancellationToken)).Output);

    [Fact]
    public async Task One_that_needs_a_token_is_not_run()
    {
        Script("echo hello");

        var answer = await new RunProviders(_folder).AskAsync(Program, ProviderRequest.Write(V1, "r.io/app", new Dictionary<string, string>()), TestContext.Current.CancellationToken);

        Assert.Contains("only an API server gives", answer.Unknown, StringComparison.Ordinal);
    }

    private static CredentialProvider Program => Provider("") with { CannedAnswer = null };

    private Task<ProviderAnswer> AskAsync(RunProviders? answers = null) =>
        (answers ?? new RunProviders(_folder)).AskAsync(Program, Request, TestContext.Current.CancellationToken).AsTask();

    private void Script(string text)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a script of a shell");
        var path = Path.Combine(_folder, "p");
        File.WriteAllText(path, "#!/bin/sh\n" + text.ReplaceLineEndings("\n") + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
