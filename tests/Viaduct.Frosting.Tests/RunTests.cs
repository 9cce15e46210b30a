using Cake.Frosting;

namespace Viaduct.Frosting.Tests;

public sealed class RunTests
{
    [Theory]
    [InlineData("-t Pack", "clean test tested compile pack")]
    [InlineData("--target Compile", "clean compile")]
    [InlineData("--target=compile", "clean compile")]
    [InlineData("-t TestTask --no-clean", "test tested")]
    [InlineData("-t Pack --exclusive", "pack")]
    [InlineData("-e -t Compile -t TestTask", "compile test tested")]
    public void Dependencies_run_first_and_once_unless_a_criterion_or_exclusive_says_no(string commandLine, string story)
    {
        var outcome = Sample.Run(commandLine, Sample.Chain);

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(story, outcome.Story);
        Assert.Empty(outcome.Error);
    }

    [Fact]
    public void Without_a_target_the_task_Default_runs_though_it_does_nothing_itself()
    {
        var outcome = Sample.Run("", [.. Sample.Chain, typeof(DefaultTask)]);

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal("clean compile", outcome.Story);
    }

    [Fact]
    public void The_report_names_what_ran_what_was_skipped_and_what_failed()
    {
        var report = Sample.Run("-t Compile --no-clean", Sample.Chain).Lines.SkipWhile(line => !line.StartsWith("Task ", StringComparison.Ordinal)).ToList();
        var failed = Sample.Run("-t Plain", typeof(Throwing.Plain));

        Assert.Matches("^Clean .*Skipped", report[2]);
        Assert.Matches("^Compile .*Succeeded", report[3]);
        Assert.Contains(failed.Lines, line => line.StartsWith("Plain ", StringComparison.Ordinal) && line.Contains("Failed", StringComparison.Ordinal));
    }

    [Fact]
    public void Lifetimes_enclose_the_run_and_each_task_in_it()
    {
        var outcome = Sample.Run(host => host.UseLifetime<SampleLifetime>().UseTaskLifetime<SampleTaskLifetime>(), "-t Compile", Sample.Chain);

        Assert.Equal("setup:Compile [Clean clean Clean] [Compile compile Compile] teardown:True", outcome.Story);
    }

    [Fact]
    public void Teardown_runs_after_a_failure_and_its_own_failure_does_not_hide_that_one()
    {
        var outcome = Sample.Run(host => host.UseLifetime<SampleLifetime>(), "-t Code42 --break-teardown", typeof(Throwing.Code42));

        Assert.Equal(42, outcome.ExitCode);
        Assert.Equal("setup:Code42 teardown:False", outcome.Story);
        Assert.Contains("half past", outcome.Error);
        Assert.Contains("the door is stuck", outcome.Error);
        Assert.DoesNotContain("   at ", outcome.Error);
    }

    [Fact]
    public void A_teardown_that_fails_alone_fails_the_run()
    {
        var outcome = Sample.Run(host => host.UseLifetime<SampleLifetime>(), "-t Clean --break-teardown", Sample.Chain);

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("Error: the door is stuck", outcome.Error);
    }

    [Fact]
    public void A_constructor_may_ask_for_the_context_and_for_the_parts_of_Cake()
    {
        Assert.Equal("True True", Sample.Run("-t NeedsServices", typeof(Odd.NeedsServices)).Story);
        Assert.Contains("NeedsTheImpossible has no public constructor", Sample.Run("-t NeedsTheImpossible", typeof(Odd.NeedsTheImpossible)).Error);
    }

    [Fact]
    public void A_task_for_another_context_is_left_out_with_a_warning()
    {
        var outcome = Sample.Run("-t Clean", typeof(CleanTask), typeof(Odd.NeedsOtherContext));

        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("Task 'NeedsOtherContext' is left out", outcome.Output);
    }

    [Fact]
    public void The_working_directory_of_the_command_line_beats_that_of_the_host()
    {
        var before = Directory.GetCurrentDirectory();
        var directory = Directory.CreateTempSubdirectory();
        try
        {
            var outcome = Sample.Run(host => host.UseWorkingDirectory("/nowhere/at/all"), $"-t Clean -w {directory.FullName}", Sample.Chain);

            Assert.Equal(0, outcome.ExitCode);
            Assert.EndsWith(directory.Name, Directory.GetCurrentDirectory());
            Assert.Equal(2, Sample.Run(host => host.UseWorkingDirectory("/nowhere/at/all"), "-t Clean", Sample.Chain).ExitCode);
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_whole_failing_run_writes_no_escape_character()
    {
        var outcome = Sample.Run("-t Plain --verbosity diagnostic", typeof(Throwing.Plain));

        Assert.DoesNotContain('\e', outcome.Output + outcome.Error);
    }
}
