using Cake.Core.Diagnostics;
using Cake.Frosting.Hosting;

namespace Viaduct.Frosting.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("-t Nope", "There is no task 'Nope'. The tasks are:")]
    [InlineData("-t Nope --dryrun", "There is no task 'Nope'. The tasks are:")]
    [InlineData("-t Nope --tree", "There is no task 'Nope'. The tasks are:")]
    [InlineData("", "There is no task 'Default'. Name one with --target.")]
    [InlineData("-t", "-t needs a value.")]
    [InlineData("--target --tree", "--target needs a value.")]
    [InlineData("Pack", "'Pack' was not expected")]
    [InlineData("-target Pack", "'-target' was not expected")]
    [InlineData("-v loud", "'loud' is no verbosity")]
    [InlineData("-w /nowhere/at/all", "The working directory '/nowhere/at/all' does not exist.")]
    public void Wrong_usage_is_exit_code_2_and_a_message_and_nothing_runs(string commandLine, string message)
    {
        var outcome = Sample.Run(commandLine, Sample.Chain);

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains(message, outcome.Error);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public void An_unknown_target_is_answered_with_the_known_ones()
    {
        var error = Sample.Run("-t Nope", Sample.Chain).Error;

        Assert.All(["Clean", "Compile", "Pack", "TestTask"], name => Assert.Contains(name, error));
    }

    [Theory]
    [InlineData("", "nothing 0 False")]
    [InlineData("--name a", "a 0 False")]
    [InlineData("--name=a=b --count 3", "a=b 3 False")]
    [InlineData("--NAME a --name b --count=-3", "a b -3 False")]
    [InlineData("--count -3 --flag", "nothing -3 True")]
    [InlineData("--flag --name a", "a 0 True")]
    [InlineData("-- --name a --flag", "a 0 True")]
    public void Any_other_argument_reaches_the_tasks(string arguments, string story) =>
        Assert.Equal(story, Sample.Run($"-t Echo {arguments}", typeof(EchoTask)).Story);

    [Theory]
    [InlineData("--help", HostMode.Help)]
    [InlineData("-h", HostMode.Help)]
    [InlineData("--version", HostMode.Version)]
    [InlineData("--version=1.2.3", HostMode.Run)]
    [InlineData("--dryrun", HostMode.DryRun)]
    [InlineData("--dry-run", HostMode.DryRun)]
    [InlineData("--dryrun=false", HostMode.Run)]
    [InlineData("--tree", HostMode.Tree)]
    [InlineData("--description", HostMode.Descriptions)]
    [InlineData("--descriptions", HostMode.Descriptions)]
    [InlineData("--showdescription", HostMode.Descriptions)]
    [InlineData("--help --dryrun", HostMode.Help)]
    [InlineData("-- --help", HostMode.Run)]
    public void The_options_of_the_host_are_known_by_all_their_names(string commandLine, object mode) =>
        Assert.Equal(mode, ArgumentParser.Parse(commandLine.Split(' ')).Mode);

    [Theory]
    [InlineData("-v q", Verbosity.Quiet)]
    [InlineData("--verbosity=Minimal", Verbosity.Minimal)]
    [InlineData("--verbosity Verbose", Verbosity.Verbose)]
    [InlineData("-v=d", Verbosity.Diagnostic)]
    [InlineData("--tree", Verbosity.Normal)]
    public void Verbosity_is_read_whole_or_by_its_first_letter(string commandLine, Verbosity verbosity) =>
        Assert.Equal(verbosity, ArgumentParser.Parse(commandLine.Split(' ')).Verbosity);

    [Fact]
    public void What_has_the_name_of_a_switch_but_a_value_is_an_argument_of_the_build() =>
        Assert.Equal(["1.2.3"], ArgumentParser.Parse(["--version=1.2.3"]).ToLookup()["version"]);

    [Fact]
    public void Tasks_see_the_targets_as_an_argument() =>
        Assert.Equal(["A", "B"], ArgumentParser.Parse(["-t", "A", "--target=B"]).ToLookup()["target"]);
}
