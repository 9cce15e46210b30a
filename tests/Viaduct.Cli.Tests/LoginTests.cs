using System.Text;
using Viaduct.TestSupport;

namespace Viaduct.Cli.Tests;

public sealed class LoginTests : IAsyncLifetime
{
    private readonly Place _place = new();
    private LoginRegistry _registry = null!;

    private string Config => _place.PathOf("docker/config.json");

    private string Host => _registry.Host;

    public async ValueTask InitializeAsync()
    {
        _registry = await LoginRegistry.StartAsync();
        _place.With("DOCKER_CONFIG", _place.PathOf("docker"));
    }

    public async ValueTask DisposeAsync()
    {
        await _registry.DisposeAsync();
        _place.Dispose();
    }

    private Task<Outcome> RunAsync(string? input, params string[] words)
    {
        _place.Input = input is null ? null : Encoding.UTF8.GetBytes(input);
        return _place.RunAsync(words);
    }

    // how the end of the line stands
    [Theory]
    [InlineData("right-secret")]
    [InlineData("right-secret\n")]
    [InlineData("right-secret\r\n")]
    public async Task What_was_logged_in_with_is_used_afterwards(string input)
    {
        var before = await RunAsync(null, "inspect", $"{Host}/app:1");
        Assert.Equal(4, before.Exit);
        var login = await RunAsync(input, "login", Host, "-u", "alice", "--password-stdin");
        Assert.Equal((0, $"{Host}: logged in as alice, kept in {Config}\n"), (login.Exit, login.Output));
        Assert.Equal("note: the file is not encrypted; a helper that its credsStore names would keep the secret safer\n", login.Error);
        // The registry is empty: not found is what only those who are let in are told.
        Assert.Equal(1, (await RunAsync(null, "inspect", $"{Host}/app:1")).Exit);

        var logout = await RunAsync(null, "logout", Host);
        Assert.Equal((0, $"{Host}: logged out\n", ""), (logout.Exit, logout.Output, logout.Error));
        Assert.Equal(4, (await RunAsync(null, "inspect", $"{Host}/app:1")).Exit);
        Assert.Equal($"{Host}: was not logged in\n", (await RunAsync(null, "logout", Host)).Output);
    }

    [Fact]
    public async Task A_wrong_password_is_denied_and_nothing_is_kept()
    {
        var login = await RunAsync("wrong-secret", "login", Host, "-u", "alice", "--password-stdin", "--verbose");
        Assert.Equal(4, login.Exit);
        Assert.Contains($"error VIA3044: {Host}: it refuses the name or the secret (status 401: UNAUTHORIZED)", login.Error);
        Assert.DoesNotContain("wrong-secret", login.Error + login.Output);
        Assert.False(File.Exists(Config));
    }

    [Fact]
    public async Task A_failure_shows_no_secret_even_with_its_stack()
    {
        _place.With("VIADUCT_DEBUG", "1");
        var login = await RunAsync("wrong-secret", "login", Host, "-u", "alice", "--password-stdin", "--verbose");
        Assert.Contains("   at ", login.Error);
        Assert.DoesNotContain("wrong-secret", login.Error);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes("alice:wrong-secret")), login.Error);
    }

    [Fact]
    public async Task A_password_on_the_command_line_is_warned_of()
    {
        var login = await RunAsync(null, "login", Host, "-u", "alice", "-p", "right-secret");
        Assert.Equal(0, login.Exit);
        Assert.StartsWith("warning: a password on the command line", login.Error);
    }

    // words: what is wrong
    [Theory]
    [InlineData("VIA9051", "the name is missing", "login", "HOST", "--password-stdin")]
    [InlineData("VIA9051", "the name is missing", "login", "HOST")]
    [InlineData("VIA9051", "there is no terminal", "login", "HOST", "-u", "alice")]
    [InlineData("VIA9051", "both give one", "login", "HOST", "-u", "alice", "-p", "x", "--password-stdin")]
    [InlineData("VIA9051", "the password is empty", "login", "HOST", "-u", "alice", "-p", "")]
    [InlineData("VIA9051", "the name is empty", "login", "HOST", "-u", "", "-p", "x")]
    [InlineData("VIA9052", "colon", "login", "HOST", "-u", "alice:right", "-p", "x")]
    [InlineData("VIA9050", "'pause' is no registry", "login", "pause", "-u", "alice", "-p", "x")]
    [InlineData("VIA9050", "is no registry", "login", "bad host", "-u", "alice", "-p", "x")]
    [InlineData("VIA9050", "is no registry", "logout", "r.example:99999")]
    [InlineData("VIA9001", "takes no 'more'", "logout", "HOST", "more")]
    public async Task What_cannot_be_is_said(string code, string what, params string[] words)
    {
        var outcome = await RunAsync("", [.. words.Select(w => w == "HOST" ? Host : w)]);
        Assert.Equal(2, outcome.Exit);
        Assert.Contains($"error {code}: ", outcome.Error);
        Assert.Contains(what, outcome.Error);
        Assert.False(File.Exists(Config));
    }

    [Fact]
    public async Task A_password_without_end_is_not_read()
    {
        var login = await RunAsync(new string('x', 1 << 20), "login", Host, "-u", "alice", "--password-stdin");
        Assert.Equal(2, login.Exit);
        Assert.Contains("more than 65536 bytes", login.Error);
    }

    [Fact]
    public async Task A_registry_that_asks_nobody_is_said_not_to_have_checked()
    {
        await using var served = await _place.ServeAsync();
        var login = await RunAsync("anything", "login", $"http://{served.Address}/v2/", "-u", "alice", "--password-stdin");
        Assert.Equal(0, login.Exit);
        Assert.StartsWith($"{served.Address}: logged in as alice", login.Output);
        Assert.Contains("asked for no credentials", login.Error);
    }

    [Fact]
    public async Task A_registry_that_is_not_there_is_unreachable_and_nothing_is_kept()
    {
        var login = await RunAsync("x", "login", $"127.0.0.1:{Place.FreePort()}", "-u", "alice", "--password-stdin");
        Assert.Equal(5, login.Exit);
        Assert.False(File.Exists(Config));
    }

    [Fact]
    public async Task Variables_that_come_first_are_named()
    {
        _place.With("VIADUCT_REGISTRY_AUTH_HOST", Host).With("VIADUCT_REGISTRY_AUTH_USER", "ci").With("VIADUCT_REGISTRY_AUTH_PASSWORD", "hidden");
        var login = await RunAsync("right-secret", "login", Host, "-u", "alice", "--password-stdin");
        Assert.Contains($"note: VIADUCT_REGISTRY_AUTH_HOST is set for {Host}, and comes before", login.Error);
        var logout = await RunAsync(null, "logout", Host);
        Assert.Contains($"note: VIADUCT_REGISTRY_AUTH_HOST has credentials for {Host}, too", logout.Error);
        Assert.DoesNotContain("hidden", login.Error + logout.Error);
    }

    [Fact]
    public async Task The_variables_of_a_CI_system_let_in_without_any_file()
    {
        _place.With("VIADUCT_REGISTRY_AUTH_HOST", Host).With("VIADUCT_REGISTRY_AUTH_USER", "alice").With("VIADUCT_REGISTRY_AUTH_PASSWORD", "right-secret");
        Assert.Equal(1, (await RunAsync(null, "inspect", $"{Host}/app:1")).Exit);
    }

    [Fact]
    public async Task A_helper_that_cannot_erase_is_warned_of()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "helpers are shell scripts here");
        _place.File("docker/config.json", """{"credsStore":"x","auths":{"HOST":{"auth":"b2xkOmNsZWFy"}}}""".Replace("HOST", Host)).File("bin/docker-credential-x", "#!/bin/sh\nexit 1\n");
        Executable.Make(_place.PathOf("bin/docker-credential-x"));
        _place.With("PATH", _place.PathOf("bin"));
        var logout = await RunAsync(null, "logout", Host);
        Assert.Equal((0, $"{Host}: logged out\n"), (logout.Exit, logout.Output));
        Assert.StartsWith("warning: VIA3041: the credential helper docker-credential-x failed", logout.Error);
        Assert.Equal("""{"credsStore":"x","auths":{}}""", await File.ReadAllTextAsync(Config));
    }

    [Fact]
    public async Task A_helper_keeps_what_the_file_does_not()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "helpers are shell scripts here");
        _place.File("docker/config.json", """{"credsStore":"x"}""").File("bin/docker-credential-x", $"""
            #!/bin/sh
            case $1 in
              store) cat > {_place.PathOf("kept")} ;;
              get) cat >/dev/null; cat {_place.PathOf("kept")} || echo 'credentials not found in native keychain' ;;
              erase) rm {_place.PathOf("kept")} ;;
            esac
            """);
        Executable.Make(_place.PathOf("bin/docker-credential-x"));
        _place.With("PATH", _place.PathOf("bin"));
        var login = await RunAsync("right-secret", "login", Host, "-u", "alice", "--password-stdin");
        Assert.Equal((0, $"{Host}: logged in as alice, kept by docker-credential-x\n", ""), (login.Exit, login.Output, login.Error));
        Assert.DoesNotContain("auth\"", await File.ReadAllTextAsync(Config));
        Assert.Equal(1, (await RunAsync(null, "inspect", $"{Host}/app:1")).Exit);
        Assert.Equal(0, (await RunAsync(null, "logout", Host)).Exit);
        Assert.False(File.Exists(_place.PathOf("kept")));
    }
}
