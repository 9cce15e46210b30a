namespace Viaduct.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("buidl", "there is no verb 'buidl'", "Did you mean 'build'?")]
    [InlineData("pusch", "there is no verb 'pusch'", "Did you mean 'push'?")]
    [InlineData("xyzzyx", "there is no verb 'xyzzyx'", "'viaduct --help'")]
    [InlineData("push --forse", "'viaduct push' has no option '--forse'", "Did you mean '--force'?")]
    [InlineData("push --registri=x", "'viaduct push' has no option '--registri'", "Did you mean '--registry'?")]
    [InlineData("version --verbos", "'viaduct version' has no option '--verbos'", "Did you mean '--verbose'?")]
    [InlineData("version now", "'viaduct version' takes no 'now'", "'viaduct version --help'")]
    [InlineData("registry", "'viaduct registry' needs a verb: serve", "'viaduct registry --help'")]
    [InlineData("registry sreve", "there is no verb 'sreve'", "Did you mean 'serve'?")]
    [InlineData("inspect", "'REF' missing", "'viaduct inspect --help'")]
    [InlineData("export a --output b", "--format", "'viaduct export --help'")]
    [InlineData("plan --output yaml", "yaml", "'viaduct plan --help'")]
    [InlineData("registry serve --port many", "many", "'viaduct registry serve --help'")]
    [InlineData("registry serve --set pulls=1", "'--set' says something about a registry that is played", "--as")]
    [InlineData("registry serve --port 70000", "'70000' is not a port", "65535")]
    [InlineData("assemble r.example/a@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 b", "carries a digest", "tag")]
    [InlineData("build -C nowhere", "there is no folder", "--file-root")]
    [InlineData("", "'viaduct' needs a verb: build, push, plan", "'viaduct --help'")]
    public async Task Words_that_mean_nothing_are_usage_errors_that_say_what_was_meant(string line, string what, string todo)
    {
        using var place = new Place();
        var outcome = await place.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, outcome.Exit);
        Assert.StartsWith("error VIA9001: ", outcome.Error);
        Assert.Contains(what, outcome.Error);
        Assert.Contains(todo, outcome.Error);
        Assert.Empty(outcome.Bytes);
    }

    [Theory]
    [InlineData("--platform", "linux/amd65", "VIA9005: --platform: 'linux/amd65'", "Did you mean 'linux/amd64'?")]
    [InlineData("--platform", "linux", "VIA9005: --platform: 'linux'", "Platforms look like")]
    [InlineData("--platform", "linux/amd64,linux/s390x", "VIA9006: --platform: no image of the set is for linux/s390x", "linux/amd64, linux/arm64")]
    [InlineData("--tag", "a b", "VIA9012: --tag: 'a b' is not a tag", "letters")]
    [InlineData("--registry", "registry.example/UPPER", "VIA2006: --registry:", "host[:port][/path]")]
    public async Task Values_that_cannot_be_are_refused_where_they_were_said(string option, string value, string what, string todo)
    {
        using var place = new Place().Image("hello");
        var outcome = await place.RunAsync("plan", option, value);
        Assert.Equal(2, outcome.Exit);
        Assert.Contains(what, outcome.Error);
        Assert.Contains(todo, outcome.Error);
    }

    [Theory]
    [InlineData("VIADUCT_PLATFORM", "linux/amd65", "VIA9005: VIADUCT_PLATFORM:")]
    [InlineData("VIADUCT_TAG", "-", "VIA9012: VIADUCT_TAG:")]
    [InlineData("VIADUCT_REGISTRY", "http://x", "VIA2006: VIADUCT_REGISTRY:")]
    [InlineData("VIADUCT_PORT", "99999", "VIA9007: VIADUCT_PORT:")]
    [InlineData("SOURCE_DATE_EPOCH", "yesterday", "VIA9007: SOURCE_DATE_EPOCH:")]
    [InlineData("SOURCE_DATE_EPOCH", "-1", "VIA9007: SOURCE_DATE_EPOCH:")]
    [InlineData("SOURCE_DATE_EPOCH", "99999999999999", "VIA9007: SOURCE_DATE_EPOCH:")]
    public async Task The_environment_is_held_to_the_same_rules(string variable, string value, string error)
    {
        using var place = new Place().Image("hello").With(variable, value);
        var outcome = await place.RunAsync("plan");
        Assert.Equal(2, outcome.Exit);
        Assert.Contains(error, outcome.Error);
    }

    [Fact]
    public async Task An_empty_variable_says_nothing()
    {
        using var place = new Place().Image("hello").With("VIADUCT_PLATFORM", "").With("VIADUCT_REGISTRY", "").With("SOURCE_DATE_EPOCH", "").With("VIADUCT_TAG", "");
        Assert.Equal(0, (await place.RunAsync("build")).Exit);
    }

    [Fact]
    public async Task An_unknown_image_is_named_with_the_nearest_one()
    {
        using var place = new Place().Image("hello");
        var outcome = await place.RunAsync("build", "helo");
        Assert.Equal(2, outcome.Exit);
        Assert.Contains("Did you mean 'hello'?", outcome.Error);
    }
}
