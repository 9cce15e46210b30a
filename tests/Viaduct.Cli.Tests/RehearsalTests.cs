using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Viaduct.Server;

namespace Viaduct.Cli.Tests;

public sealed partial class RehearsalTests
{
    public static TheoryData<string> Names => [.. Rehearsal.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_whole_job_succeeds_at_every_registry_and_the_second_run_finds_nothing_to_do(string name)
    {
        using var place = new Place().Program("app", "linux/amd64, linux/arm64", ("amd64", "amd64"), ("arm64", "arm64"))
            .File("images/other/Dockerfile", "ARG BASE=app\nFROM ${BASE}\nLABEL name=other\n").File("images/other/image.yaml", "platforms: [linux/amd64, linux/arm64]\n");
        await using var served = await place.ServeAsync("--as", name, "--requests", "cost.json");
        Login(place, served.Address, name);

        var push = await place.RunAsync("push", "--simulate", "--registry", served.Address);
        Assert.True(push.Exit == 0, push.Error + push.Output);
        var check = await place.RunAsync("plan", "--check", "--registry", served.Address);
        Assert.True(check.Exit == 0, check.Error + check.Output);
        Assert.Contains("Nothing to do", check.Output);
        var again = await place.RunAsync("push", "--simulate", "--registry", served.Address);
        Assert.True(again.Exit == 0, again.Error + again.Output);

        Assert.Equal(0, await served.StopAsync());
        var cost = JsonDocument.Parse(File.ReadAllBytes(place.PathOf("cost.json"))).RootElement;
        Schemas.Conforms("rehearsal.schema.json", cost);
        Assert.Equal(6 * 2, cost.GetProperty("byKind").EnumerateArray().Single(r => r.GetProperty("kind").GetString() == "manifest" && r.GetProperty("method").GetString() == "PUT").GetProperty("requests").GetInt64());
        var text = await served.RestAsync();
        Assert.StartsWith($"plays {name}, ", text);
        Assert.Contains($"This would have cost {cost.GetProperty("requests").GetInt64()} requests", text);
        if (name == "hub") Assert.Matches(PullsUsed(), text);
    }

    [Fact]
    public async Task A_release_that_needs_more_pulls_than_there_are_fails_and_the_report_says_at_which_rule()
    {
        using var place = new Place().Program("app", "linux/amd64, linux/arm64", ("amd64", "amd64"), ("arm64", "arm64"));
        await using var served = await place.ServeAsync("--as", "hub", "--set", "pulls=1");
        Login(place, served.Address, "hub");
        var push = await place.RunAsync("push", "--simulate", "--registry", served.Address);
        Assert.Equal(5, push.Exit);
        Assert.Contains("VIA3011", push.Error + push.Output);
        await served.StopAsync();
        var text = await served.RestAsync();
        Assert.Contains("1 of 1 pulls (viaduct)", text);
        Assert.Matches("refused by pull-rate: [0-9]+ requests? with status 429", text);
    }

    [Fact]
    public async Task A_push_to_a_repository_that_is_missing_ends_with_a_failure_that_names_the_request()
    {
        using var place = new Place().Image("hello");
        await using var served = await place.ServeAsync("--as", "ecr", "--set", "create-on-push=off");
        Login(place, served.Address, "ecr");
        var push = await place.RunAsync("push", "--registry", served.Address);
        Assert.Equal(5, push.Exit);
        Assert.Contains($"POST {served.Address}/v2/hello-", push.Error);
    }

    [Theory]
    [InlineData("registry serve --as ghost", "VIA4005: the embedded registry cannot behave as 'ghost'", "ghcr, harbor, hub, quay")]
    [InlineData("registry serve --as hub --set pull=1", "VIA4006: 'pull=1' sets nothing", "pulls=100")]
    [InlineData("registry serve --as hub --account me", "VIA4007: this is no test account", "NAME:PASSWORD")]
    public async Task What_cannot_be_played_is_a_usage_error(string line, string what, string todo)
    {
        using var place = new Place();
        var outcome = await place.RunAsync(line.Split(' '));
        Assert.Equal((2, ""), (outcome.Exit, outcome.Output));
        Assert.Contains(what, outcome.Error);
        Assert.Contains(todo, outcome.Error);
    }

    [Fact]
    public async Task The_last_report_stays_until_there_is_another()
    {
        using var place = new Place().File("cost.json", "the last one");
        await using (var served = await place.ServeAsync("--as", "hub", "--requests", "cost.json"))
        {
            Assert.NotEqual(0, (await place.RunAsync("registry", "serve", "--as", "hub", "--requests", "cost.json", "--port", served.Address.Split(':')[1])).Exit);
            Assert.Equal("the last one", File.ReadAllText(place.PathOf("cost.json")));
        }
        Assert.StartsWith("{", File.ReadAllText(place.PathOf("cost.json")));
    }

    [Theory]
    [InlineData("docker", 2, "VIA9001: --requests: 'docker' is a folder")]
    [InlineData("/proc/cost.json", 1, "/proc/cost.json")]
    public async Task A_report_that_could_not_be_written_is_told_before_anything_is_served(string file, int exit, string said)
    {
        using var place = new Place().File("docker/config.json", "{}");
        var outcome = await place.RunAsync("registry", "serve", "--as", "hub", "--requests", file, "--port", "0");
        Assert.Equal((exit, ""), (outcome.Exit, outcome.Output));
        Assert.Contains(said, outcome.Error);
    }

    [Fact]
    public async Task Without_an_account_a_push_is_denied()
    {
        using var place = new Place().Image("hello");
        await using var served = await place.ServeAsync("--as", "ghcr");
        Assert.Equal(4, (await place.RunAsync("push", "--registry", served.Address)).Exit);
    }

    [Fact]
    public async Task A_password_that_was_given_is_not_printed()
    {
        using var place = new Place();
        await using var served = await place.ServeAsync("--as", "quay", "--account", "org+robot:s3cret");
        await served.StopAsync();
        var text = await served.RestAsync();
        Assert.Contains("account org+robot\n", text);
        Assert.DoesNotContain("s3cret", text);
        Assert.Contains("This would have cost 0 requests at quay", text);
    }

    private static void Login(Place place, string address, string name)
    {
        var account = new Rehearsal(name, [], []).Accounts[0];
        var auth = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.Name}:{account.Password}"));
        place.File("docker/config.json", $$"""{ "auths": { "{{address}}": { "auth": "{{auth}}" } } }""").With("DOCKER_CONFIG", place.PathOf("docker"));
    }

    [GeneratedRegex("requests, [1-9][0-9]* of 100 pulls [(]viaduct[)] at hub")]
    private static partial Regex PullsUsed();
}
