namespace Viaduct.Cli.Tests;

public sealed class LoginTerminalTests
{
    // options: what is asked on the terminal
    [Theory]
    [InlineData("Name for HOST: |Password: ")]
    [InlineData("Password: ", "-u", "alice")]
    [InlineData("Identity token: ", "--identity-token")]
    public async Task A_terminal_is_asked_and_secrets_are_not_shown(string questions, params string[] words)
    {
        await using var registry = await LoginRegistry.StartAsync();
        var asked = new List<bool>();
        using var place = new Place
        {
            InputIsTerminal = true,
            Ask = secret =>
            {
                asked.Add(secret);
                return secret ? "right-secret" : "alice";
            },
        };
        place.With("DOCKER_CONFIG", place.PathOf("docker"));
        var login = await place.RunAsync(["login", registry.Host, .. words]);
        Assert.Equal(words.Contains("--identity-token") ? 4 : 0, login.Exit);
        Assert.Equal(questions.Replace("HOST", registry.Host).Split('|').Length, asked.Count);
        Assert.StartsWith(questions.Replace("HOST", registry.Host).Replace("|", ""), login.Error);
        Assert.True(asked[^1]);
        Assert.All(asked[..^1], Assert.False);
    }

    [Fact]
    public async Task A_password_that_is_waited_for_can_be_broken_off()
    {
        using var source = new CancellationTokenSource();
        using var input = new SilentInput(source.Cancel);
        using var place = new Place { InputStream = input };
        place.With("DOCKER_CONFIG", place.PathOf("docker"));
        var login = await place.RunAsync(source.Token, "login", "r.example", "-u", "alice", "--password-stdin");
        input.End();
        Assert.Equal(130, login.Exit);
    }

    [Fact]
    public async Task A_terminal_that_ends_is_no_password()
    {
        await using var registry = await LoginRegistry.StartAsync();
        using var place = new Place { InputIsTerminal = true, Ask = _ => null };
        place.With("DOCKER_CONFIG", place.PathOf("docker"));
        Assert.Equal(2, (await place.RunAsync("login", registry.Host, "-u", "alice")).Exit);
    }
}
