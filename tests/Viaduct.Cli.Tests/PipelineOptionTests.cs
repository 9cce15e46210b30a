using Viaduct.Oci;

namespace Viaduct.Cli.Tests;

public sealed class PipelineOptionTests
{
    // What Cake makes of an option that nothing follows.
    private const string Nothing = "True";

    [Theory]
    [InlineData("registry")]
    [InlineData("platform")]
    [InlineData("image")]
    [InlineData("tag")]
    public void An_option_without_its_value_is_refused(string option)
    {
        foreach (var value in new[] { Nothing, "true", "", " " })
        {
            var error = Refused([(option, value)]);
            Assert.Equal(("VIA9101", $"--{option} needs a value"), (error.Code, error.Message));
        }
    }

    [Theory]
    [InlineData(Nothing, true)]
    [InlineData("true", true)]
    [InlineData("FALSE", false)]
    [InlineData("no", null)]
    [InlineData("0", null)]
    [InlineData("", null)]
    [InlineData("pause", null)]
    public void A_flag_is_given_alone_or_is_true_or_false(string value, bool? expected)
    {
        foreach (var flag in new[] { "force", "move-tag", "deep" })
            if (expected is { } on)
            {
                var settings = Read([(flag, value)]);
                Assert.Equal(on, flag switch { "force" => settings.Force, "move-tag" => settings.MoveTag, _ => settings.Deep });
            }
            else
                Assert.Equal(("VIA9101", $"--{flag} is true or false, not '{value}'"), (Refused([(flag, value)]).Code, Refused([(flag, value)]).Message));
    }

    [Fact]
    public void An_unknown_option_is_named_with_the_nearest_one() => Assert.Equal("Did you mean --force?", Refused([("forse", Nothing)]).Todo);

    [Theory]
    [InlineData("platform", "VIADUCT_PLATFORM", "linux/amd65", "VIA9005")]
    [InlineData("tag", "VIADUCT_TAG", "a b", "VIA9012")]
    public void A_bad_value_is_said_of_what_gave_it(string option, string variable, string value, string code)
    {
        var given = Refused([(option, value)], (variable, "something else"));
        Assert.Equal((code, $"--{option}"), (given.Code, given.Where));
        var found = Refused([], (variable, value));
        Assert.Equal((code, variable), (found.Code, found.Where));
    }

    [Fact]
    public void The_set_is_told_what_gave_each_value()
    {
        var found = Read([("registry", "r.example")], ("VIADUCT_REGISTRY", "other.example"), ("VIADUCT_PLATFORM", "linux/arm64"), ("VIADUCT_TAG", "")).Overrides;
        Assert.Equal(("r.example", "--registry"), (found.Registry, found.RegistryFrom));
        Assert.Equal("VIADUCT_PLATFORM", found.PlatformsFrom);
        Assert.Equal("--tag", found.TagsFrom);
        Assert.Equal("VIADUCT_REGISTRY", Read([], ("VIADUCT_REGISTRY", "other.example")).Overrides.RegistryFrom);
    }

    [Theory]
    [InlineData("Plan", true)]
    [InlineData("plan", true)]
    [InlineData("Plan Clean", false)]
    [InlineData("Default", false)]
    public void A_run_of_nothing_but_the_plan_is_known(string targets, bool expected) =>
        Assert.Equal(expected, Read([.. targets.Split(' ').Select(t => ("target", t))]).OnlyPlans);

    private static ViaductException Refused((string, string)[] arguments, params (string, string)[] variables)
    {
        var error = Assert.Throws<ViaductException>(() => Read(arguments, variables));
        Assert.Equal(ExitCode.Usage, error.Exit);
        return error;
    }

    private static global::Build.Settings Read((string Name, string Value)[] arguments, params (string Name, string Value)[] variables) => new global::Build.SettingsReader(
        arguments.GroupBy(a => a.Name).Select(g => KeyValuePair.Create<string, ICollection<string>>(g.Key, [.. g.Select(a => a.Value)])),
        name => variables.FirstOrDefault(v => v.Name == name).Value).Read();
}
